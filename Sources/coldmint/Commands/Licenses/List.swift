import ArgumentParser
import CalendarTime
import Console
import Station

struct List: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what was issued, oldest first.",
        discussion: """
            On a terminal a table; otherwise one line each with the fields id, state, end, \
            customer and name, divided by tabs. Filters can be combined. With --expiring, \
            --ends or --expired the first to end comes first.
            """,
        examples: [
            "coldmint list --customer acme-gmbh", "coldmint list --expiring 30 --json",
            "coldmint list --product analytics --ends 2027-01-01..2027-03-31",
            "coldmint list --csv >licenses.csv",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Option(help: "Only this customer's licenses.")
    var customer: String?

    @Option(
        help: ArgumentHelp(
            "Only licenses with such names: *, ? and [a-z] are patterns.", valueName: "glob"))
    var name: String?

    @Option(help: "Only licenses that this person has signed a request about.")
    var signer: String?

    @Option(help: "Only licenses of this product.")
    var product: String?

    @Option(help: "Only licenses of this plan.")
    var plan: String?

    @Option(
        help: ArgumentHelp(
            "Only licenses that this key has signed; its name's beginning is enough.",
            valueName: "kid"))
    var key: String?

    @Option(
        help: ArgumentHelp(
            "Only licenses that requests with this requestId asked for.", valueName: "id"))
    var requestID: String?

    @Option(
        help: ArgumentHelp(
            "Only live licenses that end between two dates, of which one may be left out: "
                + "2027-01-01..2027-03-31.", valueName: "from..to"))
    var ends: DayRange?

    @Option(
        help: ArgumentHelp("Only live licenses that end within so many days.", valueName: "days"))
    var expiring: Int64?

    @Flag(help: "Only live licenses that have ended.")
    var expired = false

    @Flag(help: "Only deleted licenses.")
    var deleted = false

    @Option(help: ArgumentHelp("End after so many.", valueName: "count"))
    var limit: Int?

    @Flag(help: "Print a JSON array.")
    var json = false

    @Flag(help: "Print a table for spreadsheets, with the names of the JSON as its header.")
    var csv = false

    func validate() throws {
        let standings = [expiring != nil, expired, deleted, ends != nil].filter { $0 }
        guard standings.count <= 1 else {
            throw ValidationError("--expiring, --ends, --expired and --deleted exclude each other")
        }
        if let expiring { try DaySpan.validate(expiring, option: "--expiring") }
        guard !(json && csv) else { throw ValidationError("--json and --csv exclude each other") }
        if let key, key.isEmpty { throw ValidationError("--key takes the name of a key") }
        if let start = ends?.start, let end = ends?.end, end < start {
            throw ValidationError("--ends takes the earlier date first")
        }
        if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1") }
    }

    func run() throws {
        let station = try OpenStation(self.station)
        let now = try SystemEnvironment.system.now()
        if json || csv {
            try Terminal.printObjects(csv ? .ofLicenses : nil) { add throws(StationFailure) in
                try forEach(station, now) { license throws(StationFailure) in
                    try add(license.json(at: now))
                }
            }
        } else {
            var table = LicenseTable(now: now)
            try forEach(station, now) { license throws(StationFailure) in try table.add(license) }
            try table.finish()
        }
    }

    private func forEach(
        _ station: OpenStation, _ now: Timestamp,
        _ body: (LicenseView) throws(StationFailure) -> Void
    ) throws(StationFailure) {
        let selection = LicenseSelection(
            customer: customer, namePattern: name, signer: signer, product: product, plan: plan,
            key: key, requestID: requestID, standing: standing)
        var count = 0
        try station.forEachLicense(selection, at: now) { license throws(StationFailure) in
            try body(license)
            count += 1
            return limit.map { count < $0 } ?? true
        }
    }

    private var standing: LicenseSelection.Standing {
        if deleted { return .deleted }
        if let ends { return .ending(from: ends.start, to: ends.end) }
        if expired { return .expired }
        return expiring.map { .expiring(days: $0) } ?? .any
    }
}
