import GRDB

/// Which licenses are meant.
package struct LicenseFilter: Sendable, Hashable {
    package enum Standing: Sendable, Hashable {
        case any
        case deleted
        /// Live, with a term that ends after the first time and not after the second, where they
        /// are given; the first to end comes first.
        case ending(after: Int64?, until: Int64)
    }

    package var customer: String?
    /// `*`, `?` and `[a-z]`, as SQLite's GLOB has them.
    package var namePattern: String?
    package var standing: Standing

    package init(
        customer: String? = nil, namePattern: String? = nil, standing: Standing = .any
    ) {
        self.customer = customer
        self.namePattern = namePattern
        self.standing = standing
    }
}

extension Ledger {
    /// Read at once: what is read holds up whoever wants to write, so it must not take long.
    private enum PageLimit {
        static let licenses = 1000
        static let tokenBytes = 16 << 20
    }

    /// Calls `body` with each license that is meant, oldest first or as the filter says, until it
    /// is false. Between pages others may write, and `body` may take its time.
    package func forEachLicense(
        _ filter: LicenseFilter = LicenseFilter(), _ body: (LicenseRecord) -> Bool
    ) throws(LedgerError) {
        var query = ListingQuery(filter)
        while true {
            let page = try read { try Self.page(query, $0) }
            for license in page.licenses {
                guard body(license) else { return }
            }
            guard let last = page.last else { return }
            query.start = last
        }
    }

    /// - Returns: licenses, and where to go on; no place where there is nothing more.
    private static func page(
        _ query: ListingQuery, _ database: Database
    ) throws -> (licenses: [LicenseRecord], last: ListingQuery.Place?) {
        let rows = try Row.fetchCursor(database, sql: query.sql, arguments: query.arguments)
        var licenses: [LicenseRecord] = []
        var tokenBytes = 0
        while let row = try rows.next() {
            let license = LicenseRecord(row: row)
            licenses.append(license)
            tokenBytes += license.token.utf8.count
            if licenses.count >= PageLimit.licenses || tokenBytes >= PageLimit.tokenBytes {
                return (licenses, (end: license.expiresAt, number: row["number"]))
            }
        }
        return (licenses, nil)
    }
}

/// The SELECT for one page.
struct ListingQuery {
    typealias Place = (end: Int64, number: Int64)

    /// Where the page before ended.
    var start: Place?
    private var conditions: [String] = []
    private var values: [any DatabaseValueConvertible] = []
    private var isByEnd = false

    init(_ filter: LicenseFilter) {
        if let customer = filter.customer { add("customer = ?", customer) }
        if let pattern = filter.namePattern { add("name GLOB ?", pattern) }
        switch filter.standing {
        case .any: break
        case .deleted: conditions.append("deleted_at IS NOT NULL")
        case .ending(let start, let end):
            conditions.append("deleted_at IS NULL")
            add("expires_at <= ?", end)
            if let start { add("expires_at > ?", start) }
            isByEnd = true
        }
    }

    private mutating func add(_ condition: String, _ value: any DatabaseValueConvertible) {
        conditions.append(condition)
        values.append(value)
    }

    var sql: String {
        var all = conditions
        if start != nil { all.append(isByEnd ? "(expires_at, number) > (?, ?)" : "number > ?") }
        return "SELECT * FROM license"
            + (all.isEmpty ? "" : " WHERE " + all.joined(separator: " AND "))
            + " ORDER BY " + (isByEnd ? "expires_at, number" : "number")
    }

    var arguments: StatementArguments {
        guard let start else { return StatementArguments(values) }
        return StatementArguments(values + (isByEnd ? [start.end, start.number] : [start.number]))
    }
}
