import Glibc
import SystemPackage

/// A small file of this user's own that one process has open at a time, to read and change.
package struct LockedFile: ~Copyable {
    private let descriptor: Int32
    private let shownPath: String

    /// Makes the file where it is missing. `nil` where somebody else has it open: nobody waits.
    package static func open(
        _ name: FileName, in folder: borrowing Folder
    ) throws(FileSystemError) -> LockedFile? {
        let directory = folder.descriptor
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let path = FileSystemError.shownPath(of: name, in: folder.path)
        let file = LockedFile(
            descriptor: name.withCString { openat(directory, $0, flags, 0o600) }, shownPath: path)
        guard file.descriptor >= 0 else { throw file.last(.open) }
        try file.refuseUnlessOwn()
        guard let isTaken = lockWithoutWaiting(file.descriptor) else { throw file.last(.lock) }
        guard isTaken else { return nil }
        return file
    }

    private init(descriptor: Int32, shownPath: String) {
        self.descriptor = descriptor
        self.shownPath = shownPath
    }

    deinit {
        close(descriptor)
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
        guard pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else { throw last(.write) }
        guard fsync(descriptor) == 0 else { throw last(.sync) }
        try folder.sync()
    }

    private func last(_ operation: FileSystemError.Operation) -> FileSystemError {
        FileSystemError(operation, shownPath, .current)
    }
}
