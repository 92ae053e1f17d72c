import ArgumentParser
import Console
import Station

struct Status: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show keys, counts, what waits in the inbox, and what expires soon.",
        examples: ["coldmint status", "coldmint --station /srv/coldmint/station status --json"])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let open = try OpenStation(station)
        let status = try open.status(at: SystemEnvironment.system.now())
        try Terminal.show(status, asJSON: json)
    }
}
