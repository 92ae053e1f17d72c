package import CalendarTime
import GRDB

/// The record of everything issued: one SQLite file.
///
/// The journal is a rollback journal, not a write-ahead log, because operators copy one file.
/// `synchronous = EXTRA` flushes the folder too, so that what was committed outlives a power cut.
/// The cache of 64 MiB holds the indexes' pages that a large batch comes back to, and what SQLite
/// needs for undoing a single statement stays in memory.
package final class Ledger: Sendable {
    static let busySeconds = 10.0
    private static let settings = """
        PRAGMA journal_mode = TRUNCATE;
        PRAGMA synchronous = EXTRA;
        \(readingSettings)
        """
    /// Those that a reader needs as well.
    static let readingSettings = """
        PRAGMA trusted_schema = OFF;
        PRAGMA cache_size = -\(CacheSize.recording.rawValue);
        PRAGMA temp_store = MEMORY;
        """

    let queue: DatabaseQueue
    let path: String

    /// Opens a ledger to change it. An older one must be brought up to date before it is used.
    ///
    /// An empty file is refused as damaged: every ledger has had tables since it was made.
    package convenience init(opening path: String) throws(LedgerError) {
        try self.init(path) { try DatabaseQueue(path: path, configuration: Self.configuration) }
        _ = try isUpToDate()
    }

    /// Makes a ledger out of an empty file.
    package convenience init(creatingIn path: String) throws(LedgerError) {
        try self.init(path) { try DatabaseQueue(path: path, configuration: Self.configuration) }
        try migrate()
    }

    /// A ledger without a file, for tests and for comparing schemas.
    package static func inMemory() throws(LedgerError) -> Ledger {
        let ledger = try Ledger("ledger in memory") {
            try DatabaseQueue(configuration: configuration)
        }
        try ledger.migrate()
        return ledger
    }

    init(_ path: String, _ open: () throws -> DatabaseQueue) throws(LedgerError) {
        self.path = path
        queue = try LedgerError.translating(at: path, open)
    }

    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busySeconds)
        configuration.label = "ledger"
        configuration.prepareDatabase { try $0.execute(sql: settings) }
        return configuration
    }

    /// Whether the ledger has everything that this version works with. One that has more is refused.
    package func isUpToDate() throws(LedgerError) -> Bool {
        let migrator = Schema.migrator
        let applied = try read { database in
            guard try database.tableExists("grdb_migrations") else { return Set<String>() }
            return try String.fetchSet(
                database.cachedStatement(sql: "SELECT identifier FROM grdb_migrations"))
        }
        if applied.isEmpty { throw LedgerError(.damaged("there is nothing in it"), at: path) }
        guard applied.isSubset(of: migrator.migrations) else {
            throw LedgerError(.newerVersion, at: path)
        }
        guard migrator.migrations.allSatisfy(applied.contains) else { return false }
        return try read { try !Self.hasRecordsWithoutLog($0) }
    }

    /// Adds what later versions have added, and enters what is recorded into the log, where there is
    /// none yet. Whoever does this has the station's lock.
    ///
    /// - Parameter seed: 32 random bytes.
    package func bringUpToDate(at time: Timestamp, seed: [UInt8]) throws(LedgerError) {
        try migrate()
        try write { database in
            guard try Self.hasRecordsWithoutLog(database) else { return }
            try Self.beginLog(at: time, seed: seed, in: database)
        }
    }

    func migrate() throws(LedgerError) {
        try translated { try Schema.migrator.migrate(queue) }
    }

    private static func hasRecordsWithoutLog(_ database: Database) throws -> Bool {
        let statement = try database.cachedStatement(
            sql: """
                SELECT EXISTS (SELECT 1 FROM key_event) AND NOT EXISTS (SELECT 1 FROM log_entry)
                """)
        return try Bool.fetchOne(statement) ?? false
    }

    /// One consistent view, for several questions.
    package func withReader<Result>(
        _ body: (LedgerReader) throws(LedgerError) -> Result
    ) throws(LedgerError) -> Result {
        try read { database in try body(LedgerReader(database: database, path: path)) }
    }

    /// One transaction: all of what `body` writes is recorded, or none of it where it throws.
    package func withTransaction<Result>(
        _ body: (LedgerTransaction) throws(LedgerError) -> Result
    ) throws(LedgerError) -> Result {
        try withTransaction(cancelledBy: LedgerError.self, body).get()
    }

    /// One transaction whose body may fail in ways that are not the ledger's: then nothing of it is
    /// recorded, and the failure is returned.
    package func withTransaction<Result, Failure: Error>(
        cancelledBy failure: Failure.Type, _ body: (LedgerTransaction) throws(Failure) -> Result
    ) throws(LedgerError) -> Swift.Result<Result, Failure> {
        var outcome: Swift.Result<Result, Failure>?
        do {
            try queue.write { database in
                let reader = LedgerReader(database: database, path: path)
                let log = LogAppender(database)
                do throws(Failure) {
                    outcome = .success(try body(LedgerTransaction(reader: reader, log: log)))
                } catch {
                    outcome = .failure(error)
                    throw Cancellation()
                }
                try log.flush()
            }
        } catch {
            guard error is Cancellation else {
                throw LedgerError(LedgerError.Reason(error), at: path)
            }
        }
        guard let outcome else { throw LedgerError(.inputOutput("no outcome"), at: path) }
        return outcome
    }

    /// How much of the file SQLite keeps in memory, in KiB.
    package enum CacheSize: Int, Sendable {
        /// What a large batch comes back to while it is recorded.
        case recording = 65_536
        /// Bundles read each license once.
        case reading = 8192
    }

    /// Memory beyond the new size is given back.
    package func limitCache(to size: CacheSize) {
        // Why the cache keeps its size is thrown away: nothing depends on it but memory and time.
        try? queue.inDatabase { try $0.execute(sql: "PRAGMA cache_size = -\(size.rawValue)") }
        queue.releaseMemory()
    }

    func read<Result>(_ body: (Database) throws -> Result) throws(LedgerError) -> Result {
        try translated { try queue.read(body) }
    }

    func write<Result>(_ body: (Database) throws -> Result) throws(LedgerError) -> Result {
        try translated { try queue.write(body) }
    }

    /// Writes in a transaction that also appends to the log.
    func writeWithLog(_ body: (Database, LogAppender) throws -> Void) throws(LedgerError) {
        try write { database in
            let log = LogAppender(database)
            try body(database, log)
            try log.flush()
        }
    }

    private func translated<Result>(_ body: () throws -> Result) throws(LedgerError) -> Result {
        try LedgerError.translating(at: path, body)
    }
}

/// Rolls a transaction back whose body has failed.
private struct Cancellation: Error {}
