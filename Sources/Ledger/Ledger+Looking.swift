import CalendarTime
import GRDB

/// Ledgers for those who only look: nothing is written to the file.
extension Ledger {
    /// How much of an older ledger is brought up to date in memory.
    package static let maximumCopyByteCount = 256 << 20

    /// Opens a ledger to answer any question. One of an earlier version is copied into memory, and
    /// the copy is brought up to date.
    ///
    /// - Parameter limit: a larger ledger of an earlier version is refused.
    package static func forLooking(
        at path: String, copyingUpTo limit: Int = maximumCopyByteCount
    ) throws(LedgerError) -> Ledger {
        let ledger = try asItIs(at: path)
        if try ledger.isUpToDate() { return ledger }
        guard try ledger.byteCount() <= limit else {
            throw LedgerError(.olderVersion, at: path)
        }
        let copy = try Ledger(path) { try DatabaseQueue(configuration: configuration) }
        try ledger.copy(to: copy)
        try copy.migrate()
        // Times and salts serve only this copy, whose log nobody else ever sees.
        if let time = try copy.newestTime() { try copy.bringUpToDate(at: time, seed: []) }
        return copy
    }

    /// Opens a ledger of this version or an earlier one, which knows less then: only its keys, and
    /// what `LedgerSummary` has, can be asked of every version.
    package static func asItIs(at path: String) throws(LedgerError) -> Ledger {
        let ledger = try Ledger(path) {
            do {
                return try DatabaseQueue(path: path, configuration: looking)
            } catch let error as DatabaseError where error.isUnfinishedTransaction {
                // A writer was killed. What it has left half written can be taken back only by
                // somebody who may write, and has to be before anybody reads.
                try DatabaseQueue(path: path, configuration: configuration).close()
                return try DatabaseQueue(path: path, configuration: looking)
            }
        }
        _ = try ledger.isUpToDate()
        return ledger
    }

    private static var looking: Configuration {
        var looking = Configuration()
        looking.readonly = true
        looking.busyMode = .timeout(busySeconds)
        looking.label = "ledger"
        looking.prepareDatabase { try $0.execute(sql: readingSettings) }
        return looking
    }

    /// The size of the ledger's file.
    package func byteCount() throws(LedgerError) -> Int {
        try read { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            return try pages * (Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0)
        }
    }

    /// Opens an empty file for a copy of a ledger. The file may lose its name then.
    package static func forCopying(into path: String) throws(LedgerError) -> Ledger {
        try Ledger(path) { try DatabaseQueue(path: path, configuration: copying) }
    }

    /// Writes the whole ledger, as it is at one moment, into the copy. To make that durable is the
    /// caller's business.
    package func copy(to copy: Ledger) throws(LedgerError) {
        do {
            try queue.backup(to: copy.queue)
        } catch {
            let reason = LedgerError.Reason(error)
            throw LedgerError(reason, at: reason == .diskFull ? copy.path : path)
        }
    }

    /// What is cut off is begun anew, so that there is nothing to take back.
    private static var copying: Configuration {
        var copying = Configuration()
        copying.label = "copy of the ledger"
        copying.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA journal_mode = OFF;
                    PRAGMA synchronous = OFF;
                    PRAGMA trusted_schema = OFF;
                    PRAGMA temp_store = MEMORY;
                    """)
        }
        return copying
    }
}

extension DatabaseError {
    /// Whether the file has a journal that must be rolled back first.
    var isUnfinishedTransaction: Bool {
        [.SQLITE_READONLY_ROLLBACK, .SQLITE_READONLY_RECOVERY].contains(extendedResultCode)
    }
}
