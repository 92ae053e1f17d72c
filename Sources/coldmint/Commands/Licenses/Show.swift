import ArgumentParser
import Console
import Foundation
import Station

struct Show: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show everything about one license.",
        discussion: """
            A license is named by its id, its name or its token: whose a token is that somebody sent, \
            this command tells.
            """,
        examples: [
            "coldmint show \"Acme production\"", "coldmint show \"$(cat license.jwt)\"",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Flag(help: "Print one JSON object.")
    var json = false

    @Argument(help: ArgumentHelp("The license's id, name or token.", valueName: "license"))
    var license: String

    func run() throws {
        let details = try OpenStation(station).details(
            license.trimmingCharacters(in: .newlines))
        let now = try SystemEnvironment.system.now()
        if json { return try Terminal.printJSON(details.json(at: now)) }
        for line in details.lines(at: now) {
            try Terminal.printLine(Terminal.plain(line))
        }
    }
}
