import GRDB

/// What can be said of a ledger of any version.
package struct LedgerSummary: Sendable, Equatable {
    package let licenseCount: Int
    /// `nil` before the first run.
    package let lastRun: Int64?
}

extension Ledger {
    package func summary() throws(LedgerError) -> LedgerSummary {
        try read { database in
            LedgerSummary(
                licenseCount: try Int.fetchOne(database, sql: "SELECT count(*) FROM license") ?? 0,
                lastRun: try Int64.fetchOne(database, sql: "SELECT max(number) FROM run"))
        }
    }
}
