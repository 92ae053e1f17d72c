import Glibc
package import SystemPackage

/// A lock that one process has at a time (flock(2)). It is held until the value goes out of scope,
/// and given back by the kernel whatever becomes of the process.
package struct FileLock: ~Copyable {
    private let descriptor: Int32

    /// `nil` where somebody else holds the lock: nobody waits. Makes the file where it is missing.
    package static func take(at path: FilePath) throws(FileSystemError) -> FileLock? {
        let descriptor = path.withPlatformString {
            open($0, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        }
        guard descriptor >= 0 else { throw .last(.open, at: path) }
        let lock = FileLock(descriptor: descriptor)
        guard let isTaken = lockWithoutWaiting(descriptor) else { throw .last(.lock, at: path) }
        guard isTaken else { return nil }
        return lock
    }

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        closeLocked(descriptor)
    }
}

/// Locks an open file or folder (flock(2)) until it is closed. `false` where somebody else has the
/// lock; `nil` where the system failed, and then errno says how.
func lockWithoutWaiting(_ descriptor: Int32) -> Bool? {
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
    return Errno.current == .wouldBlock ? false : nil
}

/// Closes a file that may be locked. Its lock is given back at once: a process that is being started
/// by another thread has a copy of the descriptor until it runs its own program.
func closeLocked(_ descriptor: Int32) {
    flock(descriptor, LOCK_UN)
    close(descriptor)
}
