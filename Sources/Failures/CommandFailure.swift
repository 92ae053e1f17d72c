package import DurableFiles

/// Why a command could not do its work.
package protocol StatedFailure: Error, CustomStringConvertible {
    /// What scripts act on.
    var status: ExitStatus { get }
}

/// A failure that is told and not looked into: an exit status, and a sentence that names the file
/// and the next step.
package struct CommandFailure: StatedFailure, Sendable, Equatable {
    package let status: ExitStatus
    package let description: String

    package init(_ status: ExitStatus, _ description: String) {
        self.status = status
        self.description = description
    }

    package init(_ error: FileSystemError) {
        let status: ExitStatus =
            switch error.operation {
            case _ where error.isFull: .tryAgain
            case .create: .cannotCreate
            case .trust: .configuration
            default: .inputOutput
            }
        self.init(status, error.description)
    }

    /// A file that the caller has named cannot be read.
    package init(readingNamedFile error: FileSystemError) {
        self.init(error.isMissing ? .noInput : .inputOutput, error.description)
    }

    /// The clock shows what `SystemClock` has no time for.
    package static let unusableClock = CommandFailure(
        .tryAgain, "the system's clock is not between 1970 and 2242: set it")
}
