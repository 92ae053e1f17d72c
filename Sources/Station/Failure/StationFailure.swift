import Bundles
import DurableFiles
package import Failures
import Ledger
import Signing

/// Why a command could not do its work: a sentence that names the file and the next step, the exit
/// status that scripts act on, and what it follows from.
package struct StationFailure: StatedFailure, Sendable, Equatable {
    /// The error of a lower module that the failure follows from.
    enum Cause: Sendable, Equatable {
        case fileSystem(FileSystemError)
        case ledger(LedgerError)
        case bundle(BundleError)
        case signing(SigningError)
    }

    package let status: ExitStatus
    package let description: String
    /// `nil` for what the station itself has found.
    let cause: Cause?

    package init(_ status: ExitStatus, _ description: String) {
        self.init(status, description, cause: nil)
    }

    package init(_ failure: CommandFailure) {
        self.init(failure, cause: nil)
    }

    init(_ failure: CommandFailure, cause: Cause?) {
        self.init(failure.status, failure.description, cause: cause)
    }

    init(_ status: ExitStatus, _ description: String, cause: Cause?) {
        self.status = status
        self.description = description
        self.cause = cause
    }

    /// Whether the process must end: after a flush to disk has failed nobody knows what is there.
    var isFinal: Bool {
        if case .fileSystem(let error) = cause { error.operation == .sync } else { false }
    }

    /// Whether the same work may succeed with other ids.
    var isLastDigitsTaken: Bool {
        if case .ledger(let error) = cause { error.reason == .lastDigitsTaken } else { false }
    }

    /// Whether another passphrase might do.
    var isWrongPassphrase: Bool { cause == .signing(.wrongPassphrase) }
}
