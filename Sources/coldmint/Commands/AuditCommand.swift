import ArgumentParser
import Console
import Failures
import Station

struct AuditCommand: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Check the ledger against itself, the keys, and the bundles in the outbox.",
        discussion: "Verifies every token. Exits with 65 where something is wrong.",
        examples: ["coldmint audit", "coldmint audit --json"])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let report = try OpenStation(station).audit()
        if !json {
            for warning in report.warnings { Terminal.printMessage(warning) }
        }
        try Terminal.show(report, asJSON: json)
        if !report.findings.isEmpty { throw ExitCode(.dataError) }
    }
}
