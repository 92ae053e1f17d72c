import Glibc
import SystemPackage

/// A small file of this user's own that one process has open at a time, to read and change.
package struct LockedFile: ~Copyable {
    private let descriptor: Int32
    private let name: FileName
    private let shownPath: String

    /// Makes the file where it is missing. `nil` where somebody else has it open: nobody waits.
    ///
    /// It is open for reading only: to close a file that was open for writing wakes whoever watches
    /// the folder.
    package static func open(
        _ name: FileName, in folder: borrowing Folder
    ) throws(FileSystemError) -> LockedFile? {
        let directory = folder.descriptor
        let flags = O_RDONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let file = LockedFile(
            descriptor: name.withCString { openat(directory, $0, flags, 0o600) }, name: name,
            shownPath: FileSystemError.shownPath(of: name, in: folder.path))
        guard file.descriptor >= 0 else { throw file.last(.open) }
        try file.refuseUnlessOwn()
        guard let isTaken = lockWithoutWaiting(file.descriptor) else { throw file.last(.lock) }
        guard isTaken else { return nil }
        return file
    }

    private init(descriptor: Int32, name: FileName, shownPath: String) {
        self.descriptor = descriptor
        self.name = name
        self.shownPath = shownPath
    }

    deinit {
        closeLocked(descriptor)
    }

    private func refuseUnlessOwn() throws(FileSystemError) {
        guard let status = FileStatus(ofDescriptor: descriptor) else { throw last(.inspect) }
        guard status.isRegular, status.linkCount == 1, status.isOwnedByThisUser,
            status.isWritableByOwnerAlone
        else {
            throw .untrusted(
                shownPath,
                "it is not a plain file of this user's own: find out who made it, and remove it")
        }
    }

    package func read(upTo limit: Int) throws(FileSystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        guard
            lseek(descriptor, 0, SEEK_SET) == 0,
            readPieces(from: descriptor, limit: limit, { bytes.append(contentsOf: $0) })
        else { throw last(.read) }
        return bytes
    }

    /// Writes the content of an empty file; returns once it is on the disk, and the folder's entry
    /// with it.
    package func write(
        _ bytes: [UInt8], syncing folder: borrowing Folder
    ) throws(FileSystemError) {
        let directory = folder.descriptor
        let writable = name.withCString { openat(directory, $0, O_WRONLY | O_NOFOLLOW | O_CLOEXEC) }
        guard writable >= 0 else { throw last(.open) }
        defer { close(writable) }
        guard let own = FileStatus(ofDescriptor: descriptor),
            FileStatus(ofDescriptor: writable)?.isSameFile(as: own) == true
        else { throw last(.inspect) }
        guard pwrite(writable, bytes, bytes.count, 0) == bytes.count else { throw last(.write) }
        guard fsync(writable) == 0 else { throw last(.sync) }
        try folder.sync()
    }

    private func last(_ operation: FileSystemError.Operation) -> FileSystemError {
        FileSystemError(operation, shownPath, .current)
    }
}
