import CLinux
import Glibc
package import SystemPackage

/// An open folder: whatever its path comes to mean, names are looked up in this one.
package struct Folder: ~Copyable, Sendable {
    package let path: FilePath
    let descriptor: Int32

    package init(opening path: FilePath) throws(FileSystemError) {
        descriptor = path.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        self.path = path
        guard descriptor >= 0 else { throw .last(.open, at: path) }
    }

    /// Makes the folder where it is not there; one that is keeps its mode. Its parent must exist.
    ///
    /// - Parameter permissions: without them, the umask decides, and a parent that is shared with
    ///   a group.
    package static func ensure(
        _ path: FilePath, permissions: FilePermissions? = nil
    ) throws(FileSystemError) -> Folder {
        let mode = permissions?.rawValue ?? 0o777
        let isNew = path.withPlatformString { mkdir($0, mode) } == 0
        guard isNew || Errno.current == .fileExists else { throw .last(.create, at: path) }
        let folder = try Folder(opening: path)
        if isNew {
            let parentPath = path.removingLastComponent()
            let parent = try Folder(opening: parentPath.isEmpty ? "." : parentPath)
            if permissions == nil { try parent.share(folder) }
            try parent.sync()
        }
        return folder
    }

    /// Opens a folder in this one that nobody else can have put there or can write to. Makes it
    /// where it is not there; does not follow a link.
    package func ensureOwn(
        _ name: FileName, permissions: FilePermissions? = nil
    ) throws(FileSystemError) -> Folder {
        let folder = try ensure(name, permissions: permissions)
        try folder.refuseUnlessOwn()
        return folder
    }

    /// Opens a folder in this one, whoever made it. Makes it where it is not there; does not follow
    /// a link.
    package func ensure(
        _ name: FileName, permissions: FilePermissions? = nil
    ) throws(FileSystemError) -> Folder {
        let mode = permissions?.rawValue ?? 0o755
        let isNew = name.withCString { mkdirat(descriptor, $0, mode) } == 0
        guard isNew || Errno.current == .fileExists else { throw .last(.create, name, in: path) }
        let folder = try Folder(opening: name, in: self)
        if isNew {
            if permissions == nil { try share(folder) }
            try sync()
        }
        return folder
    }

    /// Opens a folder in this one, without following a link.
    package init(opening name: FileName, in parent: borrowing Folder) throws(FileSystemError) {
        let directory = parent.descriptor
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        descriptor = name.withCString { openat(directory, $0, flags) }
        path = parent.path.appending(name.description)
        guard descriptor >= 0 else {
            let error = FileSystemError.last(.open, at: path)
            guard [.notDirectory, .tooManySymbolicLinkLevels].contains(error.errno) else {
                throw error
            }
            throw .untrusted(
                path.string,
                "it is a link or a file where a folder should be: find out who made it, and "
                    + "remove it")
        }
    }

    /// Refuses a folder that somebody else may have made, or can write to.
    package func refuseUnlessOwn() throws(FileSystemError) {
        let status = try status()
        guard status.isOwnedByThisUser else {
            throw .untrusted(
                path.string, "it belongs to another user: find out who made it, and move it away")
        }
        guard status.isWritableByOwnerAlone else {
            throw .untrusted(
                path.string,
                "others can write to it: run 'chmod go-w \(path)', and look what is in it")
        }
    }

    package func status() throws(FileSystemError) -> FileStatus {
        guard let status = FileStatus(ofDescriptor: descriptor) else {
            throw .last(.inspect, at: path)
        }
        return status
    }

    /// The path from the root, without links.
    package func realPath() throws(FileSystemError) -> FilePath {
        guard let real = path.withPlatformString({ realpath($0, nil) }) else {
            throw .last(.inspect, at: path)
        }
        defer { free(real) }
        return FilePath(platformString: real)
    }

    deinit {
        close(descriptor)
    }

    /// Takes the folder's lock (flock(2)) while the value lives. `false` where somebody else has
    /// it: nobody waits.
    package func lock() throws(FileSystemError) -> Bool {
        guard let isTaken = lockWithoutWaiting(descriptor) else { throw .last(.lock, at: path) }
        return isTaken
    }

    /// All names but `.` and `..`, sorted.
    package func names() throws(FileSystemError) -> [FileName] {
        // A descriptor of its own: reading moves its position.
        let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0, let stream = fdopendir(own) else {
            let error = FileSystemError.last(.list, at: path)
            if own >= 0 { close(own) }
            throw error
        }
        defer { closedir(stream) }
        var names: [FileName] = []
        clearErrno()
        while let entry = readdir(stream) {
            let name = FileName(entry)
            if !name.isFolderItself { names.append(name) }
            clearErrno()
        }
        guard lastErrno() == 0 else { throw .last(.list, at: path) }
        return names.sorted()
    }

    /// What an entry is; a link is not followed.
    package func status(of name: FileName) throws(FileSystemError) -> FileStatus {
        guard let status = FileStatus(of: name, inDescriptor: descriptor) else {
            throw .last(.inspect, name, in: path)
        }
        return status
    }

    /// Whether there is an entry of this name, a link that leads nowhere included.
    package func contains(_ name: FileName) throws(FileSystemError) -> Bool {
        do throws(FileSystemError) {
            _ = try status(of: name)
            return true
        } catch  where error.isMissing {
            return false
        }
    }

    /// Where a symbolic link leads, as it says itself.
    package func target(ofLink name: FileName) throws(FileSystemError) -> FilePath {
        var target = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = name.withCString { readlinkat(descriptor, $0, &target, Int(PATH_MAX)) }
        guard count >= 0 else { throw .last(.inspect, name, in: path) }
        return FilePath(platformString: target)
    }

    /// Moves an entry without ever replacing another.
    package func renameExclusively(
        _ name: FileName, to folder: borrowing Folder, as newName: FileName
    ) throws(FileSystemError) {
        let target = folder.descriptor
        let status = name.withCString { from in
            newName.withCString { linux_rename_noreplace(descriptor, from, target, $0) }
        }
        guard status == 0 else { throw .last(.rename, name, in: path) }
    }

    /// Moves an entry over whatever has the new name.
    package func renameReplacing(_ name: FileName, as newName: FileName) throws(FileSystemError) {
        let status = name.withCString { from in
            newName.withCString { renameat(descriptor, from, descriptor, $0) }
        }
        guard status == 0 else { throw .last(.rename, name, in: path) }
    }

    package func remove(_ name: FileName) throws(FileSystemError) {
        guard name.withCString({ unlinkat(descriptor, $0, 0) }) == 0 else {
            throw .last(.remove, name, in: path)
        }
    }

    /// Removes an entry that is a folder without entries.
    package func removeEmptyFolder(_ name: FileName) throws(FileSystemError) {
        guard name.withCString({ unlinkat(descriptor, $0, AT_REMOVEDIR) }) == 0 else {
            throw .last(.remove, name, in: path)
        }
    }

    /// Removes a folder that has no entries.
    package static func removeEmpty(_ path: FilePath) throws(FileSystemError) {
        guard path.withPlatformString({ rmdir($0) }) == 0 else { throw .last(.remove, at: path) }
    }

    /// Returns once the folder's entries are on the disk. A failure is final: what the kernel
    /// could not write it may have dropped, and a second call would report success.
    package func sync() throws(FileSystemError) {
        guard fsync(descriptor) == 0 else { throw .last(.sync, at: path) }
    }

    /// Returns once everything that was written to the folder's file system is on the disk: one
    /// flush for many files. Linux reports failed writes of any of them here since 5.8.
    package func syncFileSystem() throws(FileSystemError) {
        guard syncfs(descriptor) == 0 else { throw .last(.sync, at: path) }
    }
}

extension FileName {
    fileprivate init(_ entry: UnsafeMutablePointer<dirent>) {
        self = withUnsafePointer(to: &entry.pointee.d_name) { name in
            name.withMemoryRebound(to: CChar.self, capacity: Self.maximumByteCount + 1) {
                let characters = UnsafeBufferPointer(start: $0, count: strlen($0))
                return FileName(bytes: characters.map { UInt8(bitPattern: $0) })
            }
        }
    }

    /// `.` and `..`
    fileprivate var isFolderItself: Bool {
        bytes == [0x2e] || bytes == [0x2e, 0x2e]
    }
}
