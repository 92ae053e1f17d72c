import GRDB

/// Why the ledger could not be read or written.
package enum LedgerError: Error, Sendable, Equatable {
    /// Another process has been writing for longer than anybody waits.
    case busy
    case diskFull
    /// Made by a later version of Coldmint.
    case newerVersion
    /// Not a ledger, or a damaged one.
    case damaged(String)
    case inputOutput(String)
    /// What the ledger was asked to hold contradicts what it holds.
    case contradiction(String)

    init(_ error: any Error) {
        if let known = error as? LedgerError {
            self = known
            return
        }
        guard let failure = error as? DatabaseError else {
            self = .inputOutput(String(describing: error))
            return
        }
        let message = failure.message ?? "SQLite error \(failure.resultCode.rawValue)"
        switch failure.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(message)
        case .SQLITE_CONSTRAINT: self = .contradiction(message)
        default: self = .inputOutput(message)
        }
    }
}

extension LedgerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .busy: "another process is writing it: try again later"
        case .diskFull: "the disk is full: make room and run again"
        case .newerVersion: "it was made by a later version of coldmint: use that one"
        case .damaged(let reason): "it is damaged (\(reason)): restore it from a backup"
        case .inputOutput(let reason): "it cannot be read or written: \(reason)"
        case .contradiction(let reason): "a record contradicts another one: \(reason)"
        }
    }
}
