import ArgumentParser
import CalendarTime
import Station

struct Renewals: StationCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print create requests for licenses that are about to end.",
        discussion: """
            The requests join on without a gap: same customer, description and payload, a name \
            that says when the new term begins. Nothing is issued: look them over, and drop them. \
            Licenses whose renewal has been issued already are left out.
            """)

    @ParentCommand var root: Coldmint
    @OptionGroup var place: StationOption

    @Option(help: ArgumentHelp("How soon the licenses end.", valueName: "days"))
    var within: Int64

    @Option(
        help: ArgumentHelp(
            "How long the new terms are: 2y, 6m or 90d, for example (default: 1y).",
            valueName: "period"),
        transform: Self.period)
    var extend = Period.years(1)

    @Option(help: "Only this customer's licenses.")
    var customer: String?

    private static func period(_ text: String) throws -> Period {
        guard let period = Period(text) else {
            throw ValidationError("--extend takes a number of years, months or days: 1y, 6m, 90d")
        }
        return period
    }

    func validate() throws {
        try checkDays(within, "--within")
    }

    func run() throws {
        let station = try OpenStation(self.station)
        let now = try SystemEnvironment.system.now()
        var report = RenewalReport()
        try Terminal.resultArray { add throws(StationFailure) in
            report = try station.forEachRenewal(
                withinDays: within, customer: customer, extendedBy: extend, at: now
            ) { request throws(StationFailure) in try add(request) }
        }
        Terminal.complain(Self.summary(report))
    }

    private static func summary(_ report: RenewalReport) -> String {
        var parts = [counted(report.renewed, "renewal")]
        if report.skipped > 0 { parts.append("\(report.skipped) issued already and left out") }
        if report.endless > 0 { parts.append("\(report.endless) left out, past the year 9999") }
        return parts.joined(separator: ", ")
    }
}
