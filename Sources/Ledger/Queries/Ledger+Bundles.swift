import CalendarTime
import GRDB
package import LicenseToken

extension Ledger {
    /// What a bundle carries: every customer of a run with the licenses that the run issued to
    /// them, or that a drop of it asked to be delivered.
    ///
    /// The conditions stand inside, as the planner would not carry them there by itself, and
    /// CROSS JOIN keeps it to the order written here, from few drops to their events.
    static func contents(
        whereRun run: String = "IS NOT NULL", customer: String = "IS NOT NULL"
    ) -> String {
        """
        SELECT run, customer, number FROM license
         WHERE run \(run) AND customer \(customer)
        UNION
        SELECT drop_file.run, license.customer, license.number
          FROM drop_file
               CROSS JOIN event ON event.drop_file = drop_file.id AND event.kind = 'delivered'
               CROSS JOIN license ON license.number = event.license
         WHERE drop_file.run \(run) AND license.customer \(customer)
        """
    }

    /// Customers to whom a run has something to hand over and whose bundle is not yet recorded.
    /// Takes memory for customers, and not for licenses; the run is `?1`.
    private static let unpublished = """
        SELECT DISTINCT customer FROM license WHERE run = ?1
        UNION
        SELECT license.customer
          FROM drop_file
               CROSS JOIN event ON event.drop_file = drop_file.id AND event.kind = 'delivered'
               CROSS JOIN license ON license.number = event.license
         WHERE drop_file.run = ?1
        EXCEPT SELECT customer FROM bundle WHERE run = ?1
        """

    /// Whether any drop of the run `?1` had licenses delivered besides those that it created.
    static let anyDelivery = """
        SELECT EXISTS (
          SELECT 1 FROM drop_file
                 CROSS JOIN event ON event.drop_file = drop_file.id AND event.kind = 'delivered'
           WHERE drop_file.run = ?1)
        """

    /// What is still to be handed over by a run.
    package struct Unpublished {
        /// Customers whose bundle is not yet recorded, sorted.
        package fileprivate(set) var customers: [String]
        /// How many licenses the run has created.
        package fileprivate(set) var licenseCount = 0
        /// How many of them go to the customer who gets most of them.
        package fileprivate(set) var largestShare = 0
        /// Whether any drop of the run had licenses delivered besides those that it created.
        package fileprivate(set) var hasDeliveries = false
    }

    /// What is still to be handed over by a run, in one consistent view.
    package func unpublished(ofRun run: Int64) throws(LedgerError) -> Unpublished {
        try read { database in
            let customers = try String.fetchAll(
                database.cachedStatement(sql: "\(Self.unpublished) ORDER BY customer"),
                arguments: [run])
            var unpublished = Unpublished(customers: customers)
            guard !customers.isEmpty else { return unpublished }
            let shares = try Row.fetchCursor(
                database.cachedStatement(
                    sql: "SELECT count(*) FROM license WHERE run = ? GROUP BY customer"),
                arguments: [run])
            while let share: Int = try shares.next()?[0] {
                unpublished.licenseCount += share
                unpublished.largestShare = max(unpublished.largestShare, share)
            }
            let delivery = try database.cachedStatement(sql: Self.anyDelivery)
            unpublished.hasDeliveries = try Bool.fetchOne(delivery, arguments: [run]) ?? false
            return unpublished
        }
    }

    /// The numbers of the licenses that the bundle of a run carries to a customer, in the order of
    /// issue, and the licenses themselves, if they are no more than a limit.
    ///
    /// - Parameter hasDeliveries: as `unpublished(ofRun:)` says, which is asked once for all
    ///   customers: to look for deliveries to one takes a look at every drop of the run.
    package func licenses(
        inBundleOf run: Int64, customer: String, hasDeliveries: Bool = true, limit: Int = .max
    ) throws(LedgerError) -> (numbers: [Int64], licenses: [LicenseRecord]?) {
        let contents =
            hasDeliveries
            ? "SELECT number FROM (\(Self.contents(whereRun: "= ?1", customer: "= ?2")))"
            : "SELECT number FROM license WHERE run = ?1 AND customer = ?2"
        return try read { database in
            let numbers = try Int64.fetchAll(
                database.cachedStatement(sql: "\(contents) ORDER BY number"),
                arguments: [run, customer])
            let isWithinLimit = numbers.count <= limit
            return (
                numbers,
                isWithinLimit ? try Self.licenses(numbered: numbers, asOf: run, in: database) : nil
            )
        }
    }

    /// The licenses of these numbers, with names and descriptions as a run left them, whatever
    /// later runs have made of them.
    package func licenses(
        numbered numbers: [Int64], asOf run: Int64
    ) throws(LedgerError) -> [LicenseRecord] {
        try read { try Self.licenses(numbered: numbers, asOf: run, in: $0) }
    }

    private static func licenses(
        numbered numbers: [Int64], asOf run: Int64, in database: Database
    ) throws -> [LicenseRecord] {
        let later = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT event.license, event.kind, event.old
                      FROM drop_file CROSS JOIN event ON event.drop_file = drop_file.id
                     WHERE drop_file.run > ? ORDER BY event.id
                    """), arguments: [run])
        let earlier = try EarlierValues(later)
        let statement = try database.cachedStatement(
            sql: "\(LicenseRecord.selection) WHERE license.number = ?")
        var licenses: [LicenseRecord] = []
        licenses.reserveCapacity(numbers.count)
        for number in numbers {
            guard let row = try Row.fetchOne(statement, arguments: [number]) else {
                throw LedgerError.Reason.damaged("there is no license of the number \(number)")
            }
            var license = try LicenseRecord(row: row, after: licenses.last)
            license.license.succession = try succession(of: license, in: database)
            licenses.append(earlier.restored(license))
        }
        return licenses
    }

    /// What is otherwise in a license than in the one that it follows.
    private static func succession(
        of record: LicenseRecord, in database: Database
    ) throws -> Succession? {
        guard let id = record.license.origin.supersedes else { return nil }
        let statement = try database.cachedStatement(
            sql: "\(LicenseRecord.selection) WHERE license.id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id.description]) else {
            throw LedgerError.Reason.damaged("there is no license \(id), which another one follows")
        }
        return try record.succession(to: LicenseRecord(row: row))
    }

    /// The claims of those drops of a run that have something for a customer whose bundle is not
    /// yet recorded.
    package func claimsAwaitingBundles(ofRun number: Int64) throws(LedgerError) -> Set<[UInt8]> {
        try read { database in
            let rows = try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        WITH unpublished (customer) AS (
                          \(Self.unpublished))
                        SELECT claim FROM drop_file
                         WHERE run = ?1 AND id IN (
                           SELECT license.drop_file FROM license
                            WHERE license.run = ?1 AND customer IN (SELECT customer FROM unpublished)
                           UNION
                           SELECT event.drop_file
                             FROM drop_file AS own
                                  CROSS JOIN event
                                    ON event.drop_file = own.id AND event.kind = 'delivered'
                                  CROSS JOIN license ON license.number = event.license
                            WHERE own.run = ?1
                              AND license.customer IN (SELECT customer FROM unpublished))
                        """), arguments: [number])
            return Set(try rows.map { try Columns($0).bytes("claim") })
        }
    }

    /// Customers whose bundles of this run are recorded, sorted.
    package func publishedCustomers(ofRun number: Int64) throws(LedgerError) -> [String] {
        try read { database in
            try String.fetchAll(
                database.cachedStatement(
                    sql: "SELECT customer FROM bundle WHERE run = ? ORDER BY customer"),
                arguments: [number])
        }
    }

    /// Every bundle that was published, in the order of runs.
    package func bundles() throws(LedgerError) -> [BundleRecord] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(sql: "SELECT * FROM bundle ORDER BY run, customer")
            )
            .map(BundleRecord.init)
        }
    }

    /// Runs whose published bundles carry this license, oldest first.
    package func bundleRuns(ofLicense id: LicenseID) throws(LedgerError) -> [Int64] {
        try read { database in
            try Int64.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT bundle.run FROM license JOIN bundle ON bundle.customer = license.customer
                         WHERE license.id = ?1 AND bundle.run IN (
                           SELECT license.run
                           UNION
                           SELECT drop_file.run FROM event JOIN drop_file
                             ON drop_file.id = event.drop_file
                            WHERE event.license = license.number AND event.kind = 'delivered')
                         ORDER BY bundle.run
                        """), arguments: [id.description])
        }
    }
}

/// Values that were overwritten by later runs.
private struct EarlierValues {
    private var names: [Int64: String] = [:]
    private var descriptions: [Int64: String?] = [:]

    /// Events in their order: the first of each kind has the value from before all of them.
    init(_ events: [Row]) throws {
        for event in events.map({ Columns($0) }) {
            let license = try event.integer("license")
            let kind = try event.text("kind")
            if kind == "renamed" && names[license] == nil {
                names[license] = try event.text("old")
            }
            if kind == "described" && descriptions[license] == nil {
                descriptions[license] = .some(try event.optionalText("old"))
            }
        }
    }

    func restored(_ record: LicenseRecord) -> LicenseRecord {
        var record = record
        if let name = names[record.number] { record.license.name = name }
        if let description = descriptions[record.number] {
            record.license.description = description
        }
        return record
    }
}
