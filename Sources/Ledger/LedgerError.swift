import GRDB

/// Why a ledger could not be read or written.
package struct LedgerError: Error, Sendable, Equatable {
    package enum Reason: Error, Sendable, Equatable {
        /// Another process has been writing for longer than anybody waits.
        case busy
        case diskFull
        /// Made by a later version of Coldmint.
        case newerVersion
        /// Made by an earlier version, and too large to be read as it is.
        case olderVersion
        /// Not a ledger, or a damaged one.
        case damaged(String)
        case inputOutput(String)
        /// What the ledger was asked to hold contradicts what it holds.
        case contradiction(String)
        /// Another license of the customer has an id with the same last digits.
        case lastDigitsTaken
    }

    /// The ledger's file.
    package let path: String
    package let reason: Reason

    init(_ reason: Reason, at path: String) {
        self.path = path
        self.reason = reason
    }

    /// Gives whatever the database throws its meaning here, and the ledger's path.
    static func translating<Result>(
        at path: String, _ body: () throws -> Result
    ) throws(LedgerError) -> Result {
        do {
            return try body()
        } catch {
            throw LedgerError(Reason(error), at: path)
        }
    }
}

extension LedgerError.Reason {
    /// The meaning of whatever a transaction threw.
    init(_ error: any Error) {
        if let reason = error as? LedgerError.Reason {
            self = reason
        } else if let known = error as? LedgerError {
            self = known.reason
        } else if let failure = error as? DatabaseError {
            self.init(failure)
        } else {
            self = .inputOutput(String(describing: error))
        }
    }

    private init(_ failure: DatabaseError) {
        let message = failure.message ?? "SQLite error \(failure.resultCode.rawValue)"
        switch failure.resultCode {
        // The next who looks takes back what a killed writer has left.
        case _ where failure.isUnfinishedTransaction: self = .busy
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(message)
        case .SQLITE_CONSTRAINT: self = .contradiction(message)
        default: self = .inputOutput(message)
        }
    }
}

extension LedgerError: CustomStringConvertible {
    package var description: String { "\(path): \(reason)" }
}

extension LedgerError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .busy: "another process is writing it: try again later"
        case .diskFull: "the disk is full: make room and run again"
        case .newerVersion:
            "it was made by a later version of coldmint: install that version, or a later one"
        case .olderVersion:
            "it was made by an earlier version of coldmint, and is too large to be read as it is: "
                + "'coldmint run' brings it up to date"
        case .damaged(let reason): "it is damaged (\(reason)): restore it from a backup"
        case .inputOutput(let reason): "it cannot be read or written: \(reason)"
        case .contradiction(let reason): "a record contradicts another one: \(reason)"
        case .lastDigitsTaken:
            "a new license's id ends like that of another license of the customer: run again"
        }
    }
}
