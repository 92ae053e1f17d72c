import ArgumentParser
import Console
import Station

struct Show: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show everything about one license.",
        examples: ["coldmint show \"Acme production\""])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Flag(help: "Print one JSON object.")
    var json = false

    @Argument(help: ArgumentHelp("The license's id or its name.", valueName: "id-or-name"))
    var license: String

    func run() throws {
        let details = try OpenStation(station).details(license)
        let now = try SystemEnvironment.system.now()
        if json { return try Terminal.printJSON(details.json(at: now)) }
        for line in details.lines(at: now) {
            try Terminal.printLine(Terminal.plain(line))
        }
    }
}
