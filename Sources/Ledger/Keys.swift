import GRDB

extension Ledger {
    package func add(_ key: KeyRecord) throws(LedgerError) {
        try write { database in
            try database.execute(
                sql: "INSERT INTO key (kid, public_key, state, created_at) VALUES (?, ?, ?, ?)",
                arguments: [key.kid, data(key.publicKey), key.state.rawValue, key.createdAt])
        }
    }

    /// Every key there has been, oldest first.
    package func keys() throws(LedgerError) -> [KeyRecord] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM key ORDER BY created_at, kid")
                .map(KeyRecord.init)
        }
    }

    package func activeKey() throws(LedgerError) -> KeyRecord? {
        try keys().first { $0.state == .active }
    }
}

extension KeyRecord {
    fileprivate init(row: Row) throws {
        guard let state = State(rawValue: row["state"]) else {
            throw LedgerError.damaged("a key in an unknown state")
        }
        self.init(
            kid: row["kid"], publicKey: bytes(row["public_key"]), state: state,
            createdAt: row["created_at"])
    }
}
