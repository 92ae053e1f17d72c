import DurableFiles
import Glibc
import Signing
import Spool
import SystemPackage

/// Files that only their owner can read, read into guarded memory and nowhere else.
enum SecretFile {
    /// What a file must be.
    enum Access {
        /// A regular file, not reached through a link, that only its owner can read.
        case ownersFile
        /// Links are followed, and then only the owner can read it.
        case ownersAlone
        /// A pipe, say, of whose mode nothing depends.
        case whatever
    }

    /// - Throws: `noInput` where it is not there.
    static func read(
        _ path: FilePath, upTo limit: Int, _ access: Access = .ownersFile
    ) throws(StationFailure) -> SecretBytes {
        let file = try open(
            path,
            access == .ownersFile
                ? [.closeOnExec, .noFollow, .nonBlocking] : [.closeOnExec])
        defer { try? file.close() }
        var status = stat()
        guard fstat(file.rawValue, &status) == 0 else {
            throw StationFailure(.inputOutput, "\(path): cannot be inspected")
        }
        if access != .whatever {
            try refuseUnlessPrivate(path, status, mode: 0o600)
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw StationFailure(.noPermission, "\(path): not a regular file")
            }
        }
        return try fill(from: file, limit, path)
    }

    private static func open(
        _ path: FilePath, _ options: FileDescriptor.OpenOptions
    ) throws(StationFailure) -> FileDescriptor {
        do {
            return try FileDescriptor.open(path, .readOnly, options: options)
        } catch {
            let isMissing = (error as? Errno) == .noSuchFileOrDirectory
            throw StationFailure(
                isMissing ? .noInput : .noPermission, "\(path): cannot be opened: \(error)")
        }
    }

    /// One byte more than the limit is room enough to see that there is too much.
    private static func fill(
        from file: FileDescriptor, _ limit: Int, _ path: FilePath
    ) throws(StationFailure) -> SecretBytes {
        var room = try signing(at: path.string) { () throws(SigningError) in
            try SecretBytes(count: limit + 1)
        }
        let count: Int
        do {
            count = try room.withUnsafeMutableBytes { room in
                var count = 0
                while count < room.count {
                    let piece = UnsafeMutableRawBufferPointer(rebasing: room[count...])
                    let read = try file.read(into: piece)
                    if read == 0 { break }
                    count += read
                }
                return count
            }
        } catch {
            throw StationFailure(.inputOutput, "\(path): cannot be read: \(error)")
        }
        guard (1...limit).contains(count) else {
            throw StationFailure(
                .noPermission, "\(path): \(count == 0 ? "empty" : "too long") for what it should be"
            )
        }
        return try signing(at: path.string) { () throws(SigningError) in
            try room.prefix(count)
        }
    }

    static func refuseUnlessPrivate(_ path: FilePath, mode: mode_t) throws(StationFailure) {
        var status = stat()
        guard path.withPlatformString({ stat($0, &status) }) == 0 else {
            throw StationFailure(
                .noPermission, "\(path): the folder of keys is missing: restore it from a backup")
        }
        try refuseUnlessPrivate(path, status, mode: mode)
    }

    private static func refuseUnlessPrivate(
        _ path: FilePath, _ status: stat, mode: mode_t
    ) throws(StationFailure) {
        let text = String(mode, radix: 8)
        guard status.st_mode & 0o077 == 0 else {
            throw StationFailure(
                .noPermission,
                "\(path): others can read it: run 'chmod \(text) \(path)', and ask yourself who "
                    + "may have a copy")
        }
        guard status.st_uid == geteuid() else {
            throw StationFailure(
                .noPermission,
                "\(path): belongs to another user: run coldmint as that user, or 'chown' it")
        }
    }
}
