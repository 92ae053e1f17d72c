import ArgumentParser
import Console
import Station
import StrictJSON

struct ListSigners: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List those who may ask, with their keys.",
        discussion: """
            The fields are person, state, type and fingerprint of the key, as 'ssh-keygen -l' \
            prints it, divided by tabs.
            """,
        examples: ["coldmint signers list", "coldmint signers list --json"])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Flag(help: "Print a JSON array.")
    var json = false

    func run() throws {
        let signers = try SignersReport.ofStation(
            station, at: SystemEnvironment.system.now())
        if json { return try Terminal.printJSON(.array(signers.entries.map(\.json))) }
        for entry in signers.entries { try Terminal.printLine(entry.line) }
    }
}
