import Bundles
import DurableFiles
import Failures
import Glibc
import Ledger
import Signing
import SystemPackage

/// What errors of the modules below mean for whoever called: an exit status, and a sentence where
/// theirs does not name the file or the next step.
extension StationFailure {
    init(_ error: FileSystemError) {
        self.init(CommandFailure(error), cause: .fileSystem(error))
    }

    init(_ error: LedgerError) {
        let status: ExitStatus =
            switch error.reason {
            case .busy, .diskFull, .lastDigitsTaken, .olderVersion: .tryAgain
            case .newerVersion: .configuration
            case .damaged, .inputOutput, .contradiction: .inputOutput
            }
        self.init(status, error.description, cause: .ledger(error))
    }

    init(_ error: BundleError, at path: String) {
        if case .inputOutput(ENOSPC, _) = error {
            self.init(
                .tryAgain, "\(path): the disk is full: make room and run again",
                cause: .bundle(error))
        } else {
            self.init(.inputOutput, "\(path): \(error)", cause: .bundle(error))
        }
    }

    init(_ error: SigningError, at path: String) {
        let status: ExitStatus =
            switch error {
            case .outOfMemory: .tryAgain
            case .libraryUnusable: .inputOutput
            default: .noPermission
            }
        self.init(status, "\(path): \(error)", cause: .signing(error))
    }

    /// A file that the caller has named cannot be read.
    init(readingNamedFile error: FileSystemError) {
        self.init(CommandFailure(readingNamedFile: error), cause: .fileSystem(error))
    }

    /// A file that holds a secret cannot be read.
    init(readingSecret error: FileSystemError) {
        let status: ExitStatus =
            switch error.operation {
            case .open where error.isMissing: .noInput
            case .open: .noPermission
            default: .inputOutput
            }
        self.init(status, error.description, cause: .fileSystem(error))
    }

    /// The inbox or outbox cannot be opened. The disk of one that is missing may be mounted later:
    /// that is something to wait for.
    ///
    /// - Parameter role: `inbox` or `outbox`.
    init(_ error: FileSystemError, opening role: String, at path: FilePath) {
        guard error.isMissing else {
            self.init(error)
            return
        }
        self.init(
            .tryAgain, "\(path): the \(role) is not there: make or mount it",
            cause: .fileSystem(error))
    }
}

/// Does work on files, whose errors become failures of the station.
func onDisk<Result: ~Copyable>(
    _ body: () throws(FileSystemError) -> Result
) throws(StationFailure) -> Result {
    do throws(FileSystemError) {
        return try body()
    } catch {
        throw StationFailure(error)
    }
}

/// Does work with keys, whose errors become failures of the station that name the path.
func mappingKeyErrors<Result: ~Copyable>(
    at path: String, _ body: () throws(SigningError) -> Result
) throws(StationFailure) -> Result {
    do throws(SigningError) {
        return try body()
    } catch {
        throw StationFailure(error, at: path)
    }
}

extension OpenStation {
    /// Asks the ledger, whose errors become failures of the station.
    func fromLedger<Result>(
        _ body: (Ledger) throws(LedgerError) -> Result
    ) throws(StationFailure) -> Result {
        try Self.asking { () throws(LedgerError) in try body(ledger) }
    }

    /// The same for a ledger that is not this value's.
    static func asking<Result>(
        _ body: () throws(LedgerError) -> Result
    ) throws(StationFailure) -> Result {
        do throws(LedgerError) {
            return try body()
        } catch {
            throw StationFailure(error)
        }
    }
}
