import ArgumentParser
import CalendarTime
import Console
import Station

struct Renewals: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "renewals",
        abstract: "Print create requests for licenses that are about to end.",
        discussion: """
            The new terms begin today and end a year after the present end, so that the customer \
            can swap the license on any day: same customer, description and payload, a name that \
            says when the new term ends. Where a product is not sold for so long they join on to \
            the present end, as all do with --from-end. Nothing is issued: look them over, and \
            drop them. Licenses whose renewal has been issued already are left out.

            With --csv they are a table, which 'coldmint requests --csv' takes when it has been \
            looked over in a spreadsheet.
            """,
        examples: [
            "coldmint renewals --within 60 >renewals.json",
            "coldmint renewals --within 60 --extend 6m --customer acme-gmbh",
            "coldmint renewals --within 60 --ended 14 --csv >renewals.csv",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Option(help: ArgumentHelp("How soon the licenses end.", valueName: "days"))
    var within: Int64

    @Option(
        help: ArgumentHelp(
            "How much later the new terms end: 2y, 6m or 90d, for example (default: 1y).",
            valueName: "period"),
        transform: Self.period)
    var extend = Period.years(1)

    @Option(
        help: ArgumentHelp(
            "Also licenses that ended no more than so long ago.", valueName: "days"))
    var ended: Int64 = 0

    @Flag(help: "Let the new terms begin where the present ones end, and not today.")
    var fromEnd = false

    @Option(help: "Only this customer's licenses.")
    var customer: String?

    @Flag(help: "Print a table for spreadsheets.")
    var csv = false

    private static func period(_ text: String) throws -> Period {
        guard let period = Period(text) else {
            throw ValidationError("--extend takes a number of years, months or days: 1y, 6m, 90d")
        }
        return period
    }

    func validate() throws {
        try DaySpan.validate(within, option: "--within")
        if ended != 0 { try DaySpan.validate(ended, option: "--ended") }
    }

    func run() throws {
        let station = try OpenStation(self.station)
        let now = try SystemEnvironment.system.now()
        let report = try Terminal.printObjects(csv ? .ofRenewals : nil) {
            add throws(StationFailure) in
            try station.forEachRenewal(
                of: DueLicenses(within: within, ended: ended, customer: customer),
                by: RenewalRule(period: extend, beginsAtEnd: fromEnd), at: now
            ) { renewal throws(StationFailure) in try add(renewal.request) }
        }
        Terminal.printMessage(report.summary)
    }
}
