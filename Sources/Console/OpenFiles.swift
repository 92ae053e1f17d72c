package import Failures
import Glibc

/// The files that this process may have open besides those that it was given.
package enum OpenFiles {
    /// What a run has open at once, twice over.
    private static let neededCount = 32

    /// Refuses to begin with fewer. Below Swift's own libraries such a failure ends the process
    /// without a word, wherever it happens to be.
    package static func refuseTooFew() throws(CommandFailure) {
        var opened: [Int32] = []
        defer { for descriptor in opened { close(descriptor) } }
        for _ in 0..<neededCount {
            let descriptor = dup(STDERR_FILENO)
            guard descriptor >= 0 else {
                throw CommandFailure(
                    .tryAgain,
                    "too few files may be open at once: raise the limit to 64 or more (ulimit -n, "
                        + "LimitNOFILE=) and run again")
            }
            opened.append(descriptor)
        }
    }
}
