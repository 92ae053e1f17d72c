import CLinux
package import DurableFiles
import Glibc
import SystemPackage

/// What a look at a file shows that changes when the file does.
package struct FileLook: Sendable, Hashable {
    let inode: UInt64
    let size: Int64
    let modified: [Int]
    let changed: [Int]

    init(_ status: stat) {
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
        changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }
}

/// What came of the attempt to read a drop.
package enum DropReading: Sendable {
    /// The whole file. Whether nobody was writing it is certain where the system could tell, and
    /// likely where it only stayed the same for the settle time.
    case content([UInt8], isCertain: Bool)
    /// It cannot be a drop, whatever it holds; why, as the rest of a sentence.
    case notARegularFile(String)
    case tooLarge
    /// Somebody has it open for writing, or it changed while it was read.
    case stillWritten
    /// Whether somebody writes it cannot be told here: look again after the settle time, and pass
    /// this look.
    case unsettled(FileLook)
}

extension Inbox {
    /// Reads a claimed drop once, if it is a whole regular file.
    ///
    /// - Parameters:
    ///   - maximumByteCount: larger files are not read.
    ///   - earlier: what an earlier call answered, at least the settle time ago.
    package func read(
        _ claim: ClaimName, maximumByteCount: Int, since earlier: FileLook?
    ) throws(FileSystemError) -> DropReading {
        let name = claim.fileName
        var status = stat()
        guard
            name.withCString({
                fstatat(claimed.descriptor, $0, &status, AT_SYMLINK_NOFOLLOW)
            }) == 0
        else { throw .last(.inspect, name, in: claimed.path) }
        // Looked at before it is opened: to open a device may do something.
        if let kind = Self.oddity(status) { return .notARegularFile(kind) }
        let file = try DropFile(opening: name, in: claimed)
        let before = try file.status()
        if let kind = Self.oddity(before) { return .notARegularFile(kind) }
        let writers = file.writers()
        switch writers {
        case .some: return .stillWritten
        case .none: break
        case .unknown: if earlier != FileLook(before) { return .unsettled(FileLook(before)) }
        }
        guard before.st_size <= maximumByteCount else {
            return .tooLarge
        }
        let bytes = try file.read(upTo: maximumByteCount + 1)
        guard FileLook(try file.status()) == FileLook(before), bytes.count == before.st_size else {
            return .stillWritten
        }
        return .content(bytes, isCertain: writers == .none)
    }

    private static func oddity(_ status: stat) -> String? {
        switch status.st_mode & S_IFMT {
        case S_IFREG: status.st_nlink == 1 ? nil : "it is one of several hard links to a file"
        case S_IFLNK: "it is a symbolic link"
        case S_IFDIR: "it is a folder"
        case S_IFIFO: "it is a named pipe"
        case S_IFSOCK: "it is a socket"
        default: "it is a device"
        }
    }
}

/// A drop that is open for reading.
private struct DropFile: ~Copyable {
    enum Writers {
        case none
        case some
        case unknown
    }

    private let descriptor: Int32
    private let name: FileName
    private let path: FilePath

    init(opening name: FileName, in folder: borrowing Folder) throws(FileSystemError) {
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let directory = folder.descriptor
        descriptor = name.withCString { openat(directory, $0, flags) }
        self.name = name
        path = folder.path
        guard descriptor >= 0 else { throw .last(.open, name, in: path) }
    }

    deinit {
        close(descriptor)
    }

    func status() throws(FileSystemError) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .last(.inspect, name, in: path) }
        return status
    }

    /// A read lease is granted only where nobody has the file open for writing (fcntl(2)). It is
    /// given back at once: a writer who comes now must not be held up.
    func writers() -> Writers {
        if linux_take_read_lease(descriptor) == 0 {
            _ = linux_release_lease(descriptor)
            return .none
        }
        return Errno.current == .resourceTemporarilyUnavailable ? .some : .unknown
    }

    func read(upTo limit: Int) throws(FileSystemError) -> [UInt8] {
        let size = Int(try status().st_size)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(size + 1, limit))
        guard readPieces(from: descriptor, limit: limit, { bytes.append(contentsOf: $0) }) else {
            throw .last(.read, name, in: path)
        }
        return bytes
    }
}
