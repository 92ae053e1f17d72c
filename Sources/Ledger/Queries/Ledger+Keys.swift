import GRDB

extension Ledger {
    /// Every key there has been, oldest first.
    package func keys() throws(LedgerError) -> [KeyRecord] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(sql: "SELECT * FROM key ORDER BY created_at, kid")
            )
            .map(KeyRecord.init)
        }
    }

    package func activeKey() throws(LedgerError) -> KeyRecord? {
        try keys().first { $0.state == .active }
    }

    /// The keys that a run's bundles hand out.
    package func keys(ofRun number: Int64) throws(LedgerError) -> [KeyRecord] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT key.* FROM run_key JOIN key ON key.kid = run_key.kid
                         WHERE run_key.run = ? ORDER BY created_at, key.kid
                        """), arguments: [number]
            ).map(KeyRecord.init)
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
