import ArgumentParser
import Console
import Failures
import Station

struct CheckProducts: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check product files before a station gets them.",
        discussion: """
            No station is needed; with --station or COLDMINT_STATION, the claims that it reserves \
            are refused in plans. All faults are listed, and the command exits with 65.
            """,
        examples: [
            "coldmint products check analytics.json",
            "coldmint products check --station station products/*.json",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Flag(help: "Print one JSON array with a verdict for each file.")
    var json = false

    @Argument(help: ArgumentHelp("Product files, called NAME.json.", valueName: "file"))
    var files: [String]

    /// Only one that is named: products can be checked without any.
    var usedStation: StationFolder? { namedStation }

    func run() throws {
        let status = try Terminal.showChecks(of: files, asJSON: json) {
            file throws(StationFailure) in try CheckedProduct(file, of: usedStation)
        }
        if status != .success { throw ExitCode(status) }
    }
}
