import CLinux
import Glibc
package import SystemPackage

/// An open folder: whatever its path comes to mean, names are looked up in this one.
package struct Folder: ~Copyable, Sendable {
    package let path: FilePath
    package let descriptor: Int32

    package init(opening path: FilePath) throws(FileSystemError) {
        descriptor = path.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        self.path = path
        guard descriptor >= 0 else { throw .last(.open, in: path) }
    }

    /// Makes the folder where it is not there; one that is keeps its mode. Its parent must exist.
    package static func ensure(
        _ path: FilePath, permissions: FilePermissions = FilePermissions(rawValue: 0o777)
    ) throws(FileSystemError) -> Folder {
        let status = path.withPlatformString { mkdir($0, permissions.rawValue) }
        let isNew = status == 0
        guard isNew || Errno.current == .fileExists else { throw .last(.create, in: path) }
        if isNew {
            let parent = path.removingLastComponent()
            try Folder(opening: parent.isEmpty ? "." : parent).sync()
        }
        return try Folder(opening: path)
    }

    deinit {
        close(descriptor)
    }

    /// All names but `.` and `..`, sorted.
    package func names() throws(FileSystemError) -> [FileName] {
        // A descriptor of its own: reading moves its position.
        let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0, let stream = fdopendir(own) else {
            let error = FileSystemError.last(.list, in: path)
            if own >= 0 { close(own) }
            throw error
        }
        defer { closedir(stream) }
        var names: [FileName] = []
        while true {
            clearErrno()
            guard let entry = readdir(stream) else { break }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
                    FileName(
                        bytes: UnsafeBufferPointer(start: $0, count: strlen($0)).map(UInt8.init))
                }
            }
            if name.bytes != [0x2e] && name.bytes != [0x2e, 0x2e] { names.append(name) }
        }
        guard lastErrno() == 0 else { throw .last(.list, in: path) }
        return names.sorted()
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

    package func contains(_ name: FileName) throws(FileSystemError) -> Bool {
        var status = stat()
        if name.withCString({ fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 {
            return true
        }
        guard Errno.current == .noSuchFileOrDirectory else { throw .last(.inspect, name, in: path) }
        return false
    }

    /// Returns once the folder's entries are on the disk. A failure is final: what the kernel
    /// could not write it may have dropped, and a second call would report success.
    package func sync() throws(FileSystemError) {
        guard fsync(descriptor) == 0 else { throw .last(.sync, in: path) }
    }

    /// Returns once everything that was written to the folder's file system is on the disk: one
    /// flush for many files. Linux reports failed writes of any of them here since 5.8.
    package func syncFileSystem() throws(FileSystemError) {
        guard syncfs(descriptor) == 0 else { throw .last(.sync, in: path) }
    }
}
