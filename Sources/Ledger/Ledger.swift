import GRDB

/// The record of everything issued: one SQLite file, one method for each transaction.
///
/// A rollback journal, not a write-ahead log: operators copy one file, and `EXTRA` syncs the
/// folder too, so that what was committed outlives a power cut.
package final class Ledger: Sendable {
    private static let settings = """
        PRAGMA journal_mode = TRUNCATE;
        PRAGMA synchronous = EXTRA;
        PRAGMA trusted_schema = OFF;
        """
    private static let busySeconds = 10.0

    private let queue: DatabaseQueue

    /// Opens a ledger, and brings an older one up to date. An empty file is none: it was one once.
    package convenience init(opening path: String) throws(LedgerError) {
        try self.init { try DatabaseQueue(path: path, configuration: Self.configuration) }
        let migrations = try read { try Schema.migrator.appliedIdentifiers($0) }
        if migrations.isEmpty { throw .damaged("there is nothing in it") }
        try migrate()
    }

    /// Makes a ledger out of an empty file.
    package convenience init(creatingIn path: String) throws(LedgerError) {
        try self.init { try DatabaseQueue(path: path, configuration: Self.configuration) }
        try migrate()
    }

    /// A ledger for tests.
    package static func inMemory() throws(LedgerError) -> Ledger {
        let ledger = try Ledger { try DatabaseQueue(configuration: configuration) }
        try ledger.migrate()
        return ledger
    }

    private init(_ open: () throws -> DatabaseQueue) throws(LedgerError) {
        queue = try Self.translated(open)
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busySeconds)
        configuration.label = "ledger"
        configuration.prepareDatabase { try $0.execute(sql: settings) }
        return configuration
    }

    private func migrate() throws(LedgerError) {
        let migrator = Schema.migrator
        let isNewer = try read { try migrator.hasBeenSuperseded($0) }
        if isNewer { throw .newerVersion }
        let isCurrent = try read { try migrator.hasCompletedMigrations($0) }
        if isCurrent { return }
        try Self.translated { try migrator.migrate(queue) }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws(LedgerError) -> Result {
        try Self.translated { try queue.read(body) }
    }

    func write<Result>(_ body: (Database) throws -> Result) throws(LedgerError) -> Result {
        try Self.translated { try queue.write(body) }
    }

    /// Gives errors of the database their meaning here.
    static func translated<Result>(_ body: () throws -> Result) throws(LedgerError) -> Result {
        do {
            return try body()
        } catch {
            throw LedgerError(error)
        }
    }
}
