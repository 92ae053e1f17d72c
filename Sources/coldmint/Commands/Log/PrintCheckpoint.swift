import ArgumentParser
import Console
import Station

struct PrintCheckpoint: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Print the log's newest signed head, with its cosignatures.",
        discussion: """
            With --vkey instead the keys that may sign heads, one a line, the active one first: \
            auditors need them, by another way than the checkpoints.
            """,
        examples: [
            "coldmint log checkpoint >checkpoint", "coldmint log checkpoint --vkey >log-keys",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Flag(help: "Print the keys instead, as notes' verifiers write them.")
    var vkey = false

    func run() throws {
        let open = try OpenStation(station)
        if vkey {
            for key in try open.headVerifiers() { try Terminal.printLine(Terminal.plain(key)) }
        } else {
            try Terminal.write(String(decoding: open.newestCheckpoint(), as: UTF8.self))
        }
    }
}
