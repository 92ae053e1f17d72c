import CLinux
import SystemPackage

/// Whether anybody has a file open for writing.
package enum WriterPresence: Sendable {
    case none
    case some
    /// The system does not tell: the file belongs to somebody else, or its file system has no
    /// leases.
    case unknown
}

extension ReadableFile {
    /// Asks with a read lease, which is granted only where nobody has the file open for writing
    /// (fcntl(2)). It is given back at once: a writer who comes now must not be held up.
    package func writerPresence() -> WriterPresence {
        if linux_take_read_lease(descriptor) == 0 {
            _ = linux_release_lease(descriptor)
            return .none
        }
        return Errno.current == .resourceTemporarilyUnavailable ? .some : .unknown
    }
}
