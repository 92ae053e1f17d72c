import CalendarTime
import GRDB
import LicenseToken

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

    /// - Returns: licenses, and where to go on; no position where there is nothing more.
    private static func page(
        _ query: ListingQuery, _ database: Database
    ) throws -> (licenses: [LicenseRecord], last: ListingQuery.Position?) {
        let rows = try Row.fetchCursor(database, sql: query.sql, arguments: query.arguments)
        var licenses: [LicenseRecord] = []
        var tokenBytes = 0
        while let row = try rows.next() {
            let license = try LicenseRecord(row: row)
            licenses.append(license)
            tokenBytes += license.license.token.utf8.count
            if licenses.count >= PageLimit.licenses || tokenBytes >= PageLimit.tokenBytes {
                return (licenses, (end: license.license.term.recordedEnd, number: license.number))
            }
        }
        return (licenses, nil)
    }
}
