import Bundling
import DurableFiles
import Glibc
import Ledger
import Signing
import Spool

/// Why a command could not do its work: a sentence that names the file and the next step, and the
/// exit status that scripts act on.
package struct StationFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package let status: ExitStatus
    package let description: String
    /// Whether the process must end: after a flush to disk has failed nobody knows what is there.
    let isFinal: Bool
    /// Whether another passphrase might do.
    let isWrongPassphrase: Bool

    package init(_ status: ExitStatus, _ description: String) {
        self.init(status, description, isFinal: false)
    }

    private init(
        _ status: ExitStatus, _ description: String, isFinal: Bool = false,
        isWrongPassphrase: Bool = false
    ) {
        self.status = status
        self.description = description
        self.isFinal = isFinal
        self.isWrongPassphrase = isWrongPassphrase
    }
}

extension StationFailure {
    init(_ error: FileSystemError) {
        let status: ExitStatus =
            switch error.operation {
            case _ where error.isFull: .tryAgain
            case .create: .cannotCreate
            default: .inputOutput
            }
        self.init(status, error.description, isFinal: error.operation == .sync)
    }

    init(_ error: LedgerError, at path: String) {
        let status: ExitStatus =
            switch error {
            case .busy, .diskFull: .tryAgain
            case .newerVersion: .configuration
            case .damaged, .inputOutput, .contradiction: .inputOutput
            }
        self.init(status, "\(path): \(error)")
    }

    init(_ error: BundleError, at path: String) {
        if case .inputOutput(ENOSPC, _) = error {
            self.init(.tryAgain, "\(path): the disk is full: make room and run again")
        } else {
            self.init(.inputOutput, "\(path): \(error)")
        }
    }

    init(_ error: SigningError, at path: String) {
        self.init(
            .noPermission, "\(path): \(error)", isWrongPassphrase: error == .wrongPassphrase)
    }
}
