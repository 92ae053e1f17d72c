package import CalendarTime
import GRDB
package import LicenseToken

/// How many customers have got which key in a bundle.
package struct KeyReach: Sendable {
    /// Customers with a license that is not over.
    package let customers: Int
    /// Those of them who have a bundle with the key.
    package let reached: [KeyID: Int]
}

extension Ledger {
    /// What the bundles of a run carry as `keys.jws`: what was signed when its key was last activated.
    package func keyStatement(ofRun run: RunRecord) throws(LedgerError) -> [UInt8]? {
        try read { database in
            let row = try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT jws FROM key_event LEFT JOIN key_statement
                                        ON key_statement.event = key_event.id
                         WHERE kid = ? AND key_event.event = 'activated' AND at <= ?
                         ORDER BY id DESC LIMIT 1
                        """),
                arguments: [run.kid.description, run.startedAt.secondsSinceEpoch])
            return try row.flatMap { try Columns($0).optionalBytes("jws") }
        }
    }

    package func keyReach(at now: Timestamp) throws(LedgerError) -> KeyReach {
        try read { database in
            let running = """
                SELECT DISTINCT customer FROM license
                 WHERE deleted_at IS NULL AND expires_at + 86400 * coalesce(grace_days, 0) > ?1
                """
            let time: StatementArguments = [now.secondsSinceEpoch]
            var reached: [KeyID: Int] = [:]
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT kid, count(DISTINCT customer) AS customers
                      FROM run_key JOIN bundle ON bundle.run = run_key.run
                     WHERE customer IN (\(running))
                     GROUP BY kid
                    """, arguments: time)
            while let row = try rows.next() {
                reached[try Columns(row).keyID("kid")] = row["customers"]
            }
            let customers = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM (\(running))", arguments: time)
            return KeyReach(customers: customers ?? 0, reached: reached)
        }
    }
}
