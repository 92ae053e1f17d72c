import ArgumentParser
import Station

struct AuditCommand: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Check the ledger against itself, the keys, and the bundles in the outbox.",
        discussion: "Verifies every token. Exits with 65 where something is wrong.")

    @ParentCommand var root: Coldmint
    @OptionGroup var place: StationOption

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let audit = try Audit(OpenStation(station))
        if json {
            try Terminal.result(audit.json)
        } else {
            for run in audit.unfinishedRuns {
                Terminal.complain("run \(run) was cut off: 'coldmint run' finishes it")
            }
            for finding in audit.findings { try Terminal.result(Terminal.plain(finding)) }
            try Terminal.result(
                "\(counted(audit.licenseCount, "license")) and "
                    + "\(counted(audit.bundleCount, "bundle")) checked, "
                    + "\(audit.movedBundleCount) no longer in the outbox: "
                    + (audit.findings.isEmpty
                        ? "all is well" : counted(audit.findings.count, "finding")))
        }
        if !audit.findings.isEmpty { Coldmint.exit(.dataError) }
    }
}
