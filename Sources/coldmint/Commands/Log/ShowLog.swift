import ArgumentParser
import Console
import Failures
import Station
import StrictJSON

struct ShowLog: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what the log is, and its last entries.",
        examples: ["coldmint log show", "coldmint log show --from 0 --limit 100 --json"])

    private static let defaultLimit: Int64 = 20

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Option(help: "Begin with the entry of this number; they count from 0.")
    var from: Int64?

    @Option(help: "Show so many entries at most.")
    var limit: Int64 = defaultLimit

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if limit < 0 { throw ValidationError("--limit takes a number from 0 on") }
        if let from, from < 0 { throw ValidationError("--from takes a number from 0 on") }
    }

    func run() throws {
        let open = try OpenStation(station)
        let summary = try open.logSummary()
        let first = from ?? max(0, summary.entryCount - limit)
        guard json else {
            for line in summary.lines { try Terminal.printLine(Terminal.plain(line)) }
            return try open.forEachLogEntry(from: first, limit: limit) {
                number, text throws(StationFailure) in
                try show(number, text)
            }
        }
        var entries: [OrderedJSON] = []
        try open.forEachLogEntry(from: first, limit: limit) { number, text in
            entries.append(
                .object(["number": .integer(number), "entry": .text(Array(text.utf8))]))
        }
        try Terminal.printJSON(
            .object(["summary": summary.json, "entries": .array(entries)]))
    }

    private func show(_ number: Int64, _ text: String) throws(StationFailure) {
        do throws(CommandFailure) {
            try Terminal.printLine(Terminal.plain("\(number)  \(text)"))
        } catch {
            throw StationFailure(error)
        }
    }
}
