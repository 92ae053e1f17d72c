import CLinux
import Glibc
package import SystemPackage

/// Tells that something happens in folders (inotify(7)); what it was, a look at them finds out.
///
/// Nothing is lost between two waits: the kernel keeps the events.
package struct FolderWatch: ~Copyable {
    /// What there is to wake for.
    package enum Interest: Sendable {
        /// A new entry, a writer who closes one, and the end of the folder itself.
        case arrivals
        /// Only a writer who closes an entry.
        case finishedWrites

        fileprivate var mask: UInt32 {
            switch self {
            case .arrivals: UInt32(linux_watch_arrivals)
            case .finishedWrites: UInt32(linux_watch_finished_writes)
            }
        }
    }

    package enum Wake: Sendable, Equatable {
        case changed
        /// Nothing happened for the time given.
        case timeout
        /// A folder was removed, renamed or unmounted, and this watch is of no more use.
        case folderGone
        case stopRequested
    }

    private let descriptor: Int32

    package init(on folder: FilePath, for interest: Interest) throws(FileSystemError) {
        descriptor = inotify_init1(Int32(linux_watch_flags))
        guard descriptor >= 0 else { throw .last(.watch, at: folder) }
        try add(folder, for: interest)
    }

    deinit {
        close(descriptor)
    }

    package func add(_ folder: FilePath, for interest: Interest) throws(FileSystemError) {
        let watch = folder.withPlatformString { inotify_add_watch(descriptor, $0, interest.mask) }
        guard watch >= 0 else { throw .last(.watch, at: folder) }
    }

    /// Returns at the first event, after the time given, or when the request to stop is made.
    package func wait(milliseconds: Int32, or stop: StopRequest) -> Wake {
        var waits = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&waits, 2, milliseconds) > 0 else { return .timeout }
        if waits[1].revents != 0 { return .stopRequested }
        return takeEvents()
    }

    /// Empties the queue. One that overflowed counts as a change like any other: every change
    /// leads to a look at the whole folder.
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
}
