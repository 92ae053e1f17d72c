import GRDB

/// A drop that was read, ready to be recorded.
package struct DropEntry: Sendable {
    package let claim: [UInt8]
    /// `nil` for what could not be read as a file at all.
    package let sha256: [UInt8]?
    /// Signed already; empty where the drop is refused.
    package let licenses: [NewLicense]
    package let isRefused: Bool

    package init(claim: [UInt8], sha256: [UInt8]?, licenses: [NewLicense], isRefused: Bool) {
        self.claim = claim
        self.sha256 = sha256
        self.licenses = licenses
        self.isRefused = isRefused
    }
}

/// What the ledger makes of a drop.
package enum Decision: Sendable {
    case accepted
    /// As the entry said.
    case refused
    /// The same bytes were accepted before.
    case repeated(first: DropRecord)
    /// Nothing was issued: the names of these licenses of the entry belong to live licenses.
    case namesTaken([Int])

    var outcome: Outcome {
        switch self {
        case .accepted: .accepted
        case .refused, .namesTaken: .rejected
        case .repeated: .repeated
        }
    }
}

/// What a run is begun with.
package struct NewRun: Sendable {
    package let startedAt: Int64
    package let issuer: String
    package let kid: String

    package init(startedAt: Int64, issuer: String, kid: String) {
        self.startedAt = startedAt
        self.issuer = issuer
        self.kid = kid
    }
}

extension Ledger {
    /// Begins the run if `number` is `nil`, and records each drop whole or not at all, in one
    /// transaction.
    ///
    /// `receipt` is called once for each entry, with its place, the decision and the run's number,
    /// and gives the JSON that is recorded with it.
    ///
    /// - Returns: the run's number.
    package func record(
        _ entries: [DropEntry], in run: NewRun, number: Int64?,
        receipt: (Int, Decision, Int64) -> String
    ) throws(LedgerError) -> Int64 {
        try write { database in
            let number = try number ?? Self.begin(run, database)
            for (place, entry) in entries.enumerated() {
                try Self.record(entry, in: run, number: number, database) {
                    receipt(place, $0, number)
                }
            }
            return number
        }
    }

    private static func begin(_ run: NewRun, _ database: Database) throws -> Int64 {
        try database.execute(
            sql: "INSERT INTO run (started_at, issuer, kid) VALUES (?, ?, ?)",
            arguments: [run.startedAt, run.issuer, run.kid])
        return database.lastInsertedRowID
    }

    private static func record(
        _ entry: DropEntry, in run: NewRun, number: Int64, _ database: Database,
        receipt: (Decision) -> String
    ) throws {
        let decision = try decide(entry, database)
        try insert(entry, decision.outcome, receipt: receipt(decision), number: number, database)
        guard case .accepted = decision else { return }
        let dropID = database.lastInsertedRowID
        for license in entry.licenses {
            try insert(license, in: run, number: number, drop: dropID, database)
        }
    }

    /// Repeats come first: bytes that were accepted once stay so, whatever the rules say today.
    private static func decide(_ entry: DropEntry, _ database: Database) throws -> Decision {
        if let digest = entry.sha256, let first = try accepted(digest, database) {
            return .repeated(first: first)
        }
        if entry.isRefused { return .refused }
        let taken = try takenNames(of: entry, database)
        return taken.isEmpty ? .accepted : .namesTaken(taken)
    }

    /// Places of the licenses whose names a live license has, or an earlier one of the same drop.
    private static func takenNames(of entry: DropEntry, _ database: Database) throws -> [Int] {
        let statement = try database.cachedStatement(
            sql: "SELECT 1 FROM license WHERE name = ? AND deleted_at IS NULL")
        var own: Set<[UInt8]> = []
        return try entry.licenses.indices.filter { place in
            let name = entry.licenses[place].name
            // Bytes, as SQLite compares them; String would take equivalent texts for equal.
            guard own.insert(Array(name.utf8)).inserted else { return true }
            return try Int.fetchOne(statement, arguments: [name]) != nil
        }
    }

    private static func insert(
        _ entry: DropEntry, _ outcome: Outcome, receipt: String, number: Int64, _ database: Database
    ) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO drop_file (run, claim, sha256, outcome, receipt)
                VALUES (?, ?, ?, ?, ?)
                """)
        try statement.execute(
            arguments: [
                number, data(entry.claim), entry.sha256.map(data), outcome.rawValue, receipt,
            ])
    }

    private static func insert(
        _ license: NewLicense, in run: NewRun, number: Int64, drop: Int64, _ database: Database
    ) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO license (id, name, customer, description, not_before, expires_at,
                                     issued_at, kid, run, drop_file, token)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(
            arguments: [
                license.id, license.name, license.customer, license.description,
                license.notBefore, license.expiresAt, run.startedAt, run.kid, number, drop,
                license.token,
            ])
    }
}
