import Glibc
package import SystemPackage

/// What the system knows of a file besides its content (stat(2)).
///
/// Two looks at a file are equal as long as nobody changed the file between them: every write and
/// every change of its owner, mode or links moves one of the two times.
package struct FileStatus: Sendable, Hashable {
    package enum Kind: Sendable {
        case regular, folder, symbolicLink, namedPipe, socket, device
    }

    struct Time: Sendable, Hashable {
        let seconds: Int
        let nanoseconds: Int

        fileprivate init(_ time: timespec) {
            seconds = time.tv_sec
            nanoseconds = time.tv_nsec
        }
    }

    package let kind: Kind
    /// The number of the user whom the file belongs to.
    package let owner: UInt32
    let group: UInt32
    let permissions: FilePermissions
    package let linkCount: UInt64
    package let size: Int
    let device: UInt64
    let inode: UInt64
    let modifiedAt: Time
    let changedAt: Time

    private init(_ status: stat) {
        kind = Kind(mode: status.st_mode)
        owner = status.st_uid
        group = status.st_gid
        permissions = FilePermissions(rawValue: status.st_mode & ~S_IFMT)
        linkCount = UInt64(status.st_nlink)
        size = Int(status.st_size)
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        modifiedAt = Time(status.st_mtim)
        changedAt = Time(status.st_ctim)
    }

    /// The file that the path leads to, or the link itself where links are not followed.
    package init(of path: FilePath, followingLinks: Bool = true) throws(FileSystemError) {
        var status = stat()
        let flags = followingLinks ? 0 : AT_SYMLINK_NOFOLLOW
        let result = path.withPlatformString { fstatat(AT_FDCWD, $0, &status, flags) }
        guard result == 0 else { throw .last(.inspect, at: path) }
        self.init(status)
    }

    /// `nil` where the system refuses the look; then errno says why.
    init?(ofDescriptor descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    /// An entry of an open folder, links not followed. `nil` as above.
    init?(of name: FileName, inDescriptor folder: Int32) {
        var status = stat()
        let result = name.withCString { fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW) }
        guard result == 0 else { return nil }
        self.init(status)
    }

    /// Whether the path leads to anything, links followed. A path that the system does not let us
    /// look at leads to nothing.
    package static func isFound(at path: FilePath) -> Bool {
        // Why there is nothing to be seen is thrown away: it makes no difference to the callers.
        (try? FileStatus(of: path)) != nil
    }

    package var isRegular: Bool { kind == .regular }

    /// Whether the file belongs to the user with whose rights this process works.
    package var isOwnedByThisUser: Bool { owner == geteuid() }

    /// Whether nobody can change the file's rights who could not change this process too.
    package var isOwnedByThisUserOrRoot: Bool { isOwnedByThisUser || owner == 0 }

    /// Whether nobody but its owner can remove or rename what others have put into a folder.
    package var keepsEntriesFromOthers: Bool {
        isWritableByOwnerAlone || permissions.contains(.saveText)
    }

    /// Whether nobody has changed the file since that second, in content, owner, mode or name.
    package func isUnchanged(since second: Int64) -> Bool { Int64(changedAt.seconds) < second }

    /// Whether neither the group nor others have any right.
    package var isPrivate: Bool {
        permissions.isDisjoint(with: [.groupReadWriteExecute, .otherReadWriteExecute])
    }

    /// Whether neither the group nor others can write.
    package var isWritableByOwnerAlone: Bool {
        permissions.isDisjoint(with: [.groupWrite, .otherWrite])
    }

    /// Whether both are looks at one file, changed in between or not.
    package func isSameFile(as other: FileStatus) -> Bool {
        device == other.device && inode == other.inode
    }
}

extension FileStatus.Kind {
    fileprivate init(mode: mode_t) {
        self =
            switch mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .folder
            case S_IFLNK: .symbolicLink
            case S_IFIFO: .namedPipe
            case S_IFSOCK: .socket
            default: .device
            }
    }
}
