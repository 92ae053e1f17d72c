import GRDB

extension Ledger {
    /// Adds a key that was made here or came from elsewhere, as the one that signs or to stand by.
    package func add(_ key: NewKey) throws(LedgerError) {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO key (kid, public_key, state, created_at)
                    VALUES (?, ?, 'standby', ?)
                    """, arguments: [key.kid, data(key.publicKey), key.createdAt])
            let event: KeyEvent.Kind = key.isImported ? .imported : .generated
            try Self.record(event, of: key.kid, at: key.createdAt, database)
            if key.isActive {
                try Self.setState(.active, of: key.kid, .activated, at: key.createdAt, database)
            }
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

    /// The keys that a run's bundles hand out.
    package func keys(ofRun number: Int64) throws(LedgerError) -> [KeyRecord] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT key.* FROM run_key JOIN key ON key.kid = run_key.kid
                     WHERE run_key.run = ? ORDER BY created_at, key.kid
                    """, arguments: [number]
            ).map(KeyRecord.init)
        }
    }

    /// Makes a key that stands by the one that signs; the one before it stands by from now on.
    package func activateKey(_ kid: String, at time: Int64) throws(LedgerError) {
        try write { database in
            let active = try String.fetchOne(
                database, sql: "SELECT kid FROM key WHERE state = 'active'")
            if let active {
                try Self.setState(.standby, of: active, .deactivated, at: time, database)
            }
            try Self.setState(.active, of: kid, .activated, at: time, database)
        }
    }

    package func retireKey(_ kid: String, at time: Int64) throws(LedgerError) {
        try write { try Self.setState(.retired, of: kid, .retired, at: time, $0) }
    }

    /// What was done with every key, in order.
    package func keyEvents() throws(LedgerError) -> [KeyEvent] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM key_event ORDER BY id").map { row in
                guard let kind = KeyEvent.Kind(rawValue: row["event"]) else {
                    throw LedgerError.damaged("something unknown was done with a key")
                }
                return KeyEvent(kid: row["kid"], kind: kind, time: row["at"])
            }
        }
    }

    private static func record(
        _ event: KeyEvent.Kind, of kid: String, at time: Int64, _ database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO key_event (kid, event, at) VALUES (?, ?, ?)",
            arguments: [kid, event.rawValue, time])
    }

    private static func setState(
        _ state: KeyRecord.State, of kid: String, _ event: KeyEvent.Kind, at time: Int64,
        _ database: Database
    ) throws {
        try record(event, of: kid, at: time, database)
        try database.execute(
            sql: "UPDATE key SET state = ? WHERE kid = ? AND state <> 'retired'",
            arguments: [state.rawValue, kid])
        guard database.changesCount == 1 else {
            throw LedgerError.contradiction("there is no key \(kid) that is not retired")
        }
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
