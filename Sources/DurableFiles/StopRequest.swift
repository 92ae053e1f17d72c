import CLinux
import Glibc
import SystemPackage

/// Asks a loop on another thread to end, and wakes it where it waits.
package final class StopRequest: Sendable {
    /// Readable once the request was made.
    let descriptor: Int32

    package init() throws(FileSystemError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0 else { throw .last(.create, at: "event descriptor") }
    }

    deinit {
        close(descriptor)
    }

    package func make() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    package var wasMade: Bool {
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&wait, 1, 0) > 0
    }

    /// Waits so many seconds, or less where the request is made.
    package func wait(seconds: Double) {
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&wait, 1, Int32(seconds * 1000))
    }
}
