import GRDB

/// A drop that was read, ready to be judged and recorded.
package struct DropEntry: Sendable {
    package let claim: [UInt8]
    /// `nil` for what could not be read as a file at all.
    package let sha256: [UInt8]?

    package init(claim: [UInt8], sha256: [UInt8]?) {
        self.claim = claim
        self.sha256 = sha256
    }
}

/// What the ledger says of a drop before it is judged.
package enum DropHistory {
    /// The same bytes were accepted before.
    case repeats(DropRecord)
    /// They were not; the index has the licenses as the drops before this one have left them.
    case isNew(LicenseIndex)
}

/// What becomes of a drop.
package struct Judgement: Sendable {
    package let outcome: Outcome
    /// JSON.
    package let receipt: String
    /// Empty unless the drop is accepted.
    package let changes: [Change]

    package init(_ outcome: Outcome, receipt: String, changes: [Change] = []) {
        self.outcome = outcome
        self.receipt = receipt
        self.changes = changes
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
    /// `judge` is called once for each entry, with its place, its history and the run's number,
    /// after everything that was decided before has taken effect.
    ///
    /// - Returns: the run's number.
    package func record(
        _ entries: [DropEntry], in run: NewRun, number: Int64?,
        judge: (Int, DropHistory, Int64) throws(LedgerError) -> Judgement
    ) throws(LedgerError) -> Int64 {
        try write { database in
            let number = try number ?? Self.begin(run, database)
            let index = LicenseIndex(database: database)
            for (place, entry) in entries.enumerated() {
                // Repeats come first: what was accepted once stays so, whatever the rules today.
                let first = try entry.sha256.flatMap { try index.acceptedDrop(sha256: $0) }
                let history = first.map(DropHistory.repeats) ?? .isNew(index)
                let judgement = try judge(place, history, number)
                let drop = try Self.insert(entry, judgement, number, database)
                let writer = ChangeWriter(
                    database: database, run: run, runNumber: number, drop: drop)
                for change in judgement.changes { try writer.apply(change) }
            }
            return number
        }
    }

    private static func begin(_ run: NewRun, _ database: Database) throws -> Int64 {
        try database.execute(
            sql: "INSERT INTO run (started_at, issuer, kid) VALUES (?, ?, ?)",
            arguments: [run.startedAt, run.issuer, run.kid])
        let number = database.lastInsertedRowID
        try database.execute(
            sql: "INSERT INTO run_key (run, kid) SELECT ?, kid FROM key WHERE state <> 'retired'",
            arguments: [number])
        return number
    }

    private static func insert(
        _ entry: DropEntry, _ judgement: Judgement, _ number: Int64, _ database: Database
    ) throws -> Int64 {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO drop_file (run, claim, sha256, outcome, receipt)
                VALUES (?, ?, ?, ?, ?)
                """)
        try statement.execute(
            arguments: [
                number, data(entry.claim), entry.sha256.map(data), judgement.outcome.rawValue,
                judgement.receipt,
            ])
        return database.lastInsertedRowID
    }
}
