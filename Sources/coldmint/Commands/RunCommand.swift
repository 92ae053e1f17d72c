import ArgumentParser
import Station
import StrictJSON

struct RunCommand: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Issue what lies in the inbox: one batch, then end.",
        discussion: """
            Exits with 65 where at least one drop was refused; all others are handled all the same.
            """)

    @ParentCommand var root: Coldmint
    @OptionGroup var place: StationOption

    @Flag(help: "Print the outcome as one JSON object.")
    var json = false

    @Flag(help: "Issue although the clock lies before the newest entry of the ledger.")
    var acceptClock = false

    func run() throws {
        let report = try Run.perform(station, host: .system, acceptClock: acceptClock)
        for note in report.notes { Terminal.complain(note) }
        for rejection in report.rejections {
            Terminal.complain(
                "\(rejection.file) was refused: see \(rejection.receipt) in the inbox")
        }
        if json {
            try Terminal.result(report.json.compactText)
        } else {
            try Terminal.result(Self.summary(report))
            for bundle in report.bundles { try Terminal.result(bundle) }
        }
        if report.rejected > 0 { Coldmint.exit(.dataError) }
    }

    private static func summary(_ report: RunReport) -> String {
        let number = report.run.map { "run \($0): " } ?? ""
        return number
            + "\(counted(report.accepted, "drop")) accepted, \(report.rejected) rejected, "
            + "\(report.repeated) repeated, \(report.waiting) waiting; "
            + "\(counted(report.licenses, "license")) in \(counted(report.bundles.count, "bundle"))"
    }
}
