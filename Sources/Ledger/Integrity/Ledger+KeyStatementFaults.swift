import GRDB
import LicenseToken

extension Ledger {
    /// What is wrong with the key sets that keys have signed.
    package func keyStatementFaults() throws(LedgerError) -> [String] {
        let known = Set(try keys().map(\.publicKey))
        return try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT kid, key_event.event AS event, jws
                      FROM key_statement JOIN key_event ON key_event.id = key_statement.event
                     ORDER BY key_event.id
                    """)
            return try rows.compactMap { row in
                let columns = Columns(row)
                let kid = try columns.keyID("kid")
                // What is wrong with it is thrown away: no station has written it.
                let statement = try? KeySetStatement(parsing: try columns.bytes("jws"))
                let isSound =
                    statement?.kid == kid
                    && statement?.keys.keys.allSatisfy { known.contains($0.key) } == true
                return isSound
                    ? nil : "key \(kid): what was signed at its activation is not what was recorded"
            }
        }
    }
}
