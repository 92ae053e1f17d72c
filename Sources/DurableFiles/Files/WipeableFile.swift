import Glibc
import SystemPackage

/// A file whose content is to be destroyed before the file is removed.
///
/// Its blocks are overwritten where they are. Journals, snapshots, copy on write and the wear
/// levelling of flash may keep older copies that no program can reach.
package struct WipeableFile: ~Copyable {
    /// No key file is nearly as large.
    private static let maximumByteCount = 1 << 20

    private let descriptor: Int32
    private let name: FileName
    private let path: FilePath

    package init(_ name: FileName, in folder: borrowing Folder) throws(FileSystemError) {
        let directory = folder.descriptor
        descriptor = name.withCString { openat(directory, $0, O_WRONLY | O_NOFOLLOW | O_CLOEXEC) }
        self.name = name
        path = folder.path
        guard descriptor >= 0 else { throw .last(.open, name, in: path) }
    }

    deinit {
        close(descriptor)
    }

    /// Returns once zeros are on the disk where the content was.
    package func wipe() throws(FileSystemError) {
        guard let status = FileStatus(ofDescriptor: descriptor) else {
            throw .last(.inspect, name, in: path)
        }
        let zeros = [UInt8](repeating: 0, count: min(status.size, Self.maximumByteCount))
        guard pwrite(descriptor, zeros, zeros.count, 0) == zeros.count else {
            throw .last(.write, name, in: path)
        }
        guard fsync(descriptor) == 0 else { throw .last(.sync, name, in: path) }
    }
}
