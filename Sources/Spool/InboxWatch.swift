import CLinux
package import DurableFiles
import Glibc
package import SystemPackage

/// Tells when something happens in an inbox (inotify(7)). What happened does not matter: a scan
/// finds out. Nothing is lost between two waits: the kernel keeps the events.
package struct InboxWatch: ~Copyable {
    package enum Wake: Sendable, Equatable {
        case changed
        /// Nothing happened for the time given.
        case timeout
        /// The folder was removed, renamed or unmounted, and this watch is of no more use.
        case folderGone
        case stopRequested
    }

    private let descriptor: Int32
    private let inbox: FilePath
    /// Device and inode of the folder that is watched.
    private let identity: [UInt64]

    package init(at inbox: FilePath) throws(FileSystemError) {
        descriptor = inotify_init1(Int32(linux_watch_flags))
        self.inbox = inbox
        identity = Self.identity(of: inbox)
        guard descriptor >= 0 else { throw .last(.watch, in: inbox) }
        for (path, mask) in [
            (inbox, linux_watch_inbox), (inbox.appending(".claimed"), linux_watch_claimed),
        ] {
            let watch = path.withPlatformString { inotify_add_watch(descriptor, $0, UInt32(mask)) }
            guard watch >= 0 else { throw .last(.watch, in: path) }
        }
    }

    deinit {
        close(descriptor)
    }

    /// Whether the path still leads to the folder that is watched: it may have been renamed away
    /// and made anew, or another file system mounted over it.
    package var isCurrent: Bool {
        !identity.isEmpty && identity == Self.identity(of: inbox)
    }

    /// Waits for a change, and then until for a moment there is no further one: drops that come
    /// together shall make one run. A stream of changes is not waited out.
    package func wait(seconds: Double, or stop: StopRequest) -> Wake {
        let first = waitOnce(milliseconds: Int32(seconds * 1000), stop)
        guard first == .changed else { return first }
        for _ in 0..<Self.quietRounds {
            let next = waitOnce(milliseconds: Self.quietMilliseconds, stop)
            if next == .timeout { break }
            if next != .changed { return next }
        }
        return .changed
    }

    private static let quietMilliseconds: Int32 = 2
    private static let quietRounds = 10

    private func waitOnce(milliseconds: Int32, _ stop: StopRequest) -> Wake {
        var waits = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&waits, 2, milliseconds) > 0 else { return .timeout }
        if waits[1].revents != 0 { return .stopRequested }
        return takeEvents()
    }

    /// Empties the queue. One that overflowed counts as a change like any other: every change
    /// leads to a scan of the whole folder.
    private func takeEvents() -> Wake {
        var isGone = false
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return isGone ? .folderGone : .changed }
            buffer.withUnsafeBytes { bytes in
                var offset = 0
                let header = MemoryLayout<inotify_event>.size
                while offset + header <= count {
                    let event = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
                    if event.mask & UInt32(linux_watch_gone) != 0 { isGone = true }
                    offset += header + Int(event.len)
                }
            }
        }
    }

    private static func identity(of path: FilePath) -> [UInt64] {
        var status = stat()
        guard path.withPlatformString({ stat($0, &status) }) == 0 else { return [] }
        return [UInt64(status.st_dev), UInt64(status.st_ino)]
    }
}
