import ArgumentParser
import Console
import Failures
import Station

struct AuditCommand: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Check the ledger against itself, the keys, and the bundles in the outbox.",
        discussion: """
            Verifies every token, and makes the log anew from the records. Exits with 65 where \
            something is wrong.

            Whoever can change the ledger and sign can also make another history that agrees with \
            itself. --since takes what such a person cannot change: a checkpoint that was kept \
            elsewhere, or a bundle that a customer has. The log must still begin with the entries \
            that it speaks of.
            """,
        examples: [
            "coldmint audit", "coldmint audit --since /media/stick/checkpoint",
            "coldmint audit --json --since acme-gmbh-000017.tar --since borealis-000042.tar",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Option(
        help: ArgumentHelp(
            "A checkpoint or a bundle from before; may be given several times; - is standard input.",
            valueName: "file"))
    var since: [String] = []

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let report = try OpenStation(station).audit(since: since)
        if !json {
            for warning in report.warnings { Terminal.printMessage(warning) }
        }
        try Terminal.show(report, asJSON: json)
        if !report.findings.isEmpty { throw ExitCode(.dataError) }
    }
}
