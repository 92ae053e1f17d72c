import DurableFiles
import Failures
import Signing
import SystemPackage

/// Reads files that only their owner can read, into guarded memory and nowhere else.
enum SecretFile {
    /// What a file must be.
    enum Access {
        /// A regular file, not reached through a link, that only its owner can read.
        case privateFile
        /// A regular file that only its owner can read; links are followed.
        case privateFileOrLink
        /// Anything that can be read: nothing depends on the mode of a pipe, say.
        case anything
    }

    /// - Throws: `noInput` where it is not there.
    static func read(
        _ path: FilePath, upTo limit: Int, _ access: Access = .privateFile
    ) throws(StationFailure) -> SecretBytes {
        let file = try open(path, followingLinks: access != .privateFile)
        if access != .anything {
            let status = try status(of: file, path)
            try refuseUnlessPrivate(path, status, permissions: .ownerReadWrite)
            guard status.isRegular else {
                throw StationFailure(.noPermission, "\(path): not a regular file")
            }
        }
        return try content(of: file, limit, path)
    }

    private static func open(
        _ path: FilePath, followingLinks: Bool
    ) throws(StationFailure) -> ReadableFile {
        do throws(FileSystemError) {
            return try ReadableFile(opening: path, followingLinks: followingLinks)
        } catch {
            throw StationFailure(readingSecret: error)
        }
    }

    private static func status(
        of file: borrowing ReadableFile, _ path: FilePath
    ) throws(StationFailure) -> FileStatus {
        do throws(FileSystemError) {
            return try file.status()
        } catch {
            throw StationFailure(readingSecret: error)
        }
    }

    private static func content(
        of file: borrowing ReadableFile, _ limit: Int, _ path: FilePath
    ) throws(StationFailure) -> SecretBytes {
        // One byte more than the limit is room enough to see that there is too much.
        var room = try mappingKeyErrors(at: path.string) { () throws(SigningError) in
            try SecretBytes(count: limit + 1)
        }
        let count: Int
        do throws(FileSystemError) {
            count = try room.withUnsafeMutableBytes { room throws(FileSystemError) in
                try file.fill(room)
            }
        } catch {
            throw StationFailure(readingSecret: error)
        }
        guard (1...limit).contains(count) else {
            throw StationFailure(
                .noPermission, "\(path): \(count == 0 ? "empty" : "too long") for what it should be"
            )
        }
        return try mappingKeyErrors(at: path.string) { () throws(SigningError) in
            try room.prefix(count)
        }
    }

    /// Refuses a folder of secrets that others can read.
    static func refuseUnlessPrivate(
        _ folder: FilePath, permissions: FilePermissions
    ) throws(StationFailure) {
        let status: FileStatus
        do throws(FileSystemError) {
            status = try FileStatus(of: folder)
        } catch {
            guard error.isMissing else { throw StationFailure(error) }
            throw StationFailure(
                .noPermission,
                "\(folder): the folder of keys is missing: restore it from a backup",
                cause: .fileSystem(error))
        }
        try refuseUnlessPrivate(folder, status, permissions: permissions)
    }

    private static func refuseUnlessPrivate(
        _ path: FilePath, _ status: FileStatus, permissions: FilePermissions
    ) throws(StationFailure) {
        guard status.isPrivate else {
            let mode = String(permissions.rawValue, radix: 8)
            throw StationFailure(
                .noPermission,
                "\(path): others can read it: run 'chmod \(mode) \(path)', and ask yourself who "
                    + "may have a copy")
        }
        guard status.isOwnedByThisUser else {
            throw StationFailure(
                .noPermission,
                "\(path): belongs to another user: run coldmint as that user, or 'chown' it")
        }
    }
}
