import Glibc

/// Standard input, output and error, which the caller of the process may have closed or may stop
/// to read.
package enum StandardStreams {
    /// Fills the places of streams that are closed. The next file that is opened would get such a
    /// place otherwise, and what is meant for the terminal would be written into the ledger.
    ///
    /// Each is opened the wrong way round, so that using it fails as if it were still closed.
    package static func fillClosed() {
        for (stream, mode) in [
            (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY),
        ] where fcntl(stream, F_GETFD) < 0 {
            // The lowest number that is free is the stream's.
            _ = open("/dev/null", mode)
        }
    }

    /// Lets the process go on where nobody reads its output any more: a log must not decide whether
    /// a run writes its receipts.
    package static func outliveReaders() {
        signal(SIGPIPE, SIG_IGN)
    }
}
