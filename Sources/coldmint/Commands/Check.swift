import ArgumentParser
import Console
import Failures
import Station

struct Check: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validate request files; issues nothing and needs no station.",
        discussion: """
            With --station or COLDMINT_STATION, the station's own limits and reserved claims \
            apply, and requests are held against its ledger: names that are taken, licenses that \
            are not there, drops that were accepted before. Without either, the rules of a new \
            station apply, also where there is a ./station.
            """,
        examples: [
            "coldmint check acme.json",
            "coldmint check --station station acme.json borealis.json",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Flag(help: "Print one JSON array with a verdict for each file.")
    var json = false

    @Argument(help: ArgumentHelp("Request files; - is standard input.", valueName: "file"))
    var files: [String]

    /// Only one that is named: requests can be checked without any.
    var usedStation: StationFolder? { namedStation }

    func run() throws {
        let check = try RequestCheck(station: usedStation, environment: .system)
        let status = try Terminal.showChecks(of: files, asJSON: json) {
            file throws(StationFailure) in try check.check(file)
        }
        if status != .success { throw ExitCode(status) }
    }
}
