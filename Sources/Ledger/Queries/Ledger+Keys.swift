import GRDB
package import LicenseToken

extension Ledger {
    /// Every key there has been, oldest first.
    package func keys() throws(LedgerError) -> [KeyRecord] {
        try read(Self.keys)
    }

    private static func keys(in database: Database) throws -> [KeyRecord] {
        try Row.fetchAll(
            database.cachedStatement(sql: "SELECT * FROM key ORDER BY created_at, kid")
        ).map(KeyRecord.init)
    }

    package func activeKey() throws(LedgerError) -> KeyRecord? {
        try keys().first { $0.state == .active }
    }

    /// Every key there has been, oldest first, and which of them a run's bundles hand out.
    package func keys(
        ofRun number: Int64
    ) throws(LedgerError) -> (all: [KeyRecord], handedOut: Set<KeyID>) {
        try read { database in
            let handedOut = try Row.fetchAll(
                database.cachedStatement(sql: "SELECT kid FROM run_key WHERE run = ?"),
                arguments: [number]
            ).map { try Columns($0).keyID("kid") }
            return (try Self.keys(in: database), Set(handedOut))
        }
    }

    /// What was done with every key, in order.
    package func keyEvents() throws(LedgerError) -> [KeyEventRecord] {
        try read { database in
            try Row.fetchAll(database.cachedStatement(sql: "SELECT * FROM key_event ORDER BY id"))
                .map(KeyEventRecord.init)
        }
    }
}
