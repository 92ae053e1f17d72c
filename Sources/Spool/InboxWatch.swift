package import DurableFiles
package import SystemPackage

/// Tells when something happens in an inbox. What happened does not matter: a scan finds out.
package struct InboxWatch: ~Copyable {
    private let watch: FolderWatch
    private let inbox: FilePath
    /// The folder that was at the path when the watch began.
    private let watched: FileStatus

    /// Watches the inbox, and the claimed drops in it that somebody may still be writing.
    package init(at inbox: FilePath) throws(FileSystemError) {
        let watched = try FileStatus(of: inbox)
        let watch = try FolderWatch(on: inbox, for: .arrivals)
        try watch.add(Inbox.claimedFolder(of: inbox), for: .finishedWrites)
        self.inbox = inbox
        self.watched = watched
        self.watch = watch
    }

    /// Whether the path still leads to the folder that is watched: it may have been renamed away
    /// and made anew, or another file system mounted over it.
    package var isCurrent: Bool {
        // What keeps the system from looking at the path is thrown away: the next watch meets it.
        (try? FileStatus(of: inbox))?.isSameFile(as: watched) ?? false
    }

    /// Waits for a change, and then until for a moment there is no further one: drops that come
    /// together shall make one run. A stream of changes is not waited out.
    package func wait(seconds: Double, or stop: StopRequest) -> FolderWatch.Wake {
        let first = watch.wait(milliseconds: Int32(seconds * 1000), or: stop)
        guard first == .changed else { return first }
        for _ in 0..<Self.quietRounds {
            let next = watch.wait(milliseconds: Self.quietMilliseconds, or: stop)
            if next == .timeout { break }
            if next != .changed { return next }
        }
        return .changed
    }

    private static let quietMilliseconds: Int32 = 1
    private static let quietRounds = 20
}
