package import CalendarTime
import GRDB

/// What a customer has, in numbers.
package struct CustomerRecord: Sendable, Hashable {
    package let customer: String
    package let counts: LicenseCounts
    /// When the first license was issued to them.
    package let since: Timestamp
    /// The next time at which the term of a live license ends, or has ended where it is in grace; `nil`
    /// where none does.
    package let nextEnd: Timestamp?

    fileprivate init(row: Row) throws {
        let columns = Columns(row)
        customer = try columns.text("customer")
        counts = LicenseCounts(row)
        since = try columns.time("since")
        nextEnd = try columns.optionalTime("next_end")
    }
}

/// A bundle as it concerns its customer.
package struct CustomerBundleRecord: Sendable, Hashable {
    package let run: Int64
    package let time: Timestamp
    /// How many licenses it carries.
    package let licenseCount: Int64
}

extension Ledger {
    private static let pageLimit = 1000

    /// Calls `body` with every customer, by their names, until it is false.
    ///
    /// - Parameter customer: only this one.
    package func forEachCustomer(
        _ customer: String? = nil, at now: Timestamp, _ body: (CustomerRecord) -> Bool
    ) throws(LedgerError) {
        var last = ""
        while true {
            let page = try read { database in
                try Row.fetchAll(
                    database.cachedStatement(
                        sql: Self.customers(customer == nil ? "customer > ?2" : "customer = ?2")),
                    arguments: [now.secondsSinceEpoch, customer ?? last, Self.pageLimit]
                ).map(CustomerRecord.init)
            }
            for record in page {
                guard body(record) else { return }
                last = record.customer
            }
            guard page.count == Self.pageLimit, customer == nil else { return }
        }
    }

    private static func customers(_ condition: String) -> String {
        """
        SELECT customer, \(LicenseCounts.selected), min(issued_at) AS since,
               min(expires_at) FILTER (WHERE deleted_at IS NULL AND expires_at + grace > ?1
                 AND expires_at <= \(Timestamp.latest.secondsSinceEpoch)) AS next_end
          FROM \(LicenseCounts.source) WHERE \(condition)
         GROUP BY customer ORDER BY customer LIMIT ?3
        """
    }

    /// The bundles that a customer got, the oldest first.
    package func bundles(ofCustomer customer: String) throws(LedgerError) -> [CustomerBundleRecord]
    {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT content.run, count(*) AS licenses, started_at
                      FROM (\(Self.contents(customer: "= ?1"))) AS content
                      JOIN run ON run.number = content.run
                     GROUP BY content.run ORDER BY content.run
                    """, arguments: [customer]
            ).map { row in
                let columns = Columns(row)
                return CustomerBundleRecord(
                    run: try columns.integer("run"), time: try columns.time("started_at"),
                    licenseCount: try columns.integer("licenses"))
            }
        }
    }
}
