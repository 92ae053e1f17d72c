import Foundation
import Glibc
import LicenseToken
import Signing
import Spool
import SystemPackage

/// The folder of private keys: 0700, its files 0600, the running user's own.
struct KeyStore {
    let station: StationFolder

    /// The private key of this thumbprint, as it is now.
    func load(_ kid: String) throws(StationFailure) -> SigningKey {
        try Self.refuseUnlessPrivate(station.keys, mode: 0o700)
        let path = station.keyFile(kid)
        guard FileManager.default.fileExists(atPath: path.string) else {
            throw StationFailure(
                .noPermission, "\(path): the private key is missing: restore it from a backup")
        }
        let key = try Self.read(path)
        guard JWK(key.verificationKey).thumbprint == kid else {
            throw StationFailure(
                .noPermission,
                "\(path): holds another key than the ledger knows by that name: "
                    + "restore the right one from a backup")
        }
        return key
    }

    /// Reads a PKCS#8 PEM that nobody else can read.
    static func read(_ path: FilePath) throws(StationFailure) -> SigningKey {
        let text = try readSecret(path)
        do throws(SigningError) {
            return try PrivateKeyPEM.decode(text)
        } catch {
            throw StationFailure(error, at: path.string)
        }
    }

    /// Writes the key durably under its thumbprint; never over another file.
    func save(_ key: borrowing SigningKey) throws(StationFailure) {
        let kid = JWK(key.verificationKey).thumbprint
        let text: SecretBytes
        do throws(SigningError) {
            text = try PrivateKeyPEM.encode(key)
        } catch {
            throw StationFailure(error, at: station.keyFile(kid).string)
        }
        do throws(FileSystemError) {
            let folder = try Folder(opening: station.keys)
            let name = FileName(StationFolder.keyFileName(kid))
            let draft = try DraftFile(for: name, in: folder, permissions: .ownerReadWrite)
            try text.withUnsafeBytes { bytes throws(FileSystemError) in try draft.write(bytes) }
            try draft.publish(in: folder)
            try folder.sync()
        } catch {
            throw StationFailure(error)
        }
    }

    private static func readSecret(_ path: FilePath) throws(StationFailure) -> SecretBytes {
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(
                path, .readOnly, options: [.closeOnExec, .noFollow, .nonBlocking])
        } catch {
            let isMissing = (error as? Errno) == .noSuchFileOrDirectory
            throw StationFailure(
                isMissing ? .noInput : .noPermission, "\(path): cannot be opened: \(error)")
        }
        defer { try? file.close() }
        var status = stat()
        guard fstat(file.rawValue, &status) == 0 else {
            throw StationFailure(.inputOutput, "\(path): cannot be inspected")
        }
        try refuseUnlessPrivate(path, status, mode: 0o600)
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size > 0,
            status.st_size <= PrivateKeyPEM.maximumByteCount
        else {
            throw StationFailure(.noPermission, "\(path): \(SigningError.notAnEd25519PrivateKey)")
        }
        return try fill(from: file, count: Int(status.st_size), path)
    }

    private static func fill(
        from file: FileDescriptor, count: Int, _ path: FilePath
    ) throws(StationFailure) -> SecretBytes {
        do {
            var text = try SecretBytes(count: count)
            let isWhole = try text.withUnsafeMutableBytes { try file.read(into: $0) == count }
            guard isWhole else { throw Errno.ioError }
            return text
        } catch let error as SigningError {
            throw StationFailure(error, at: path.string)
        } catch {
            throw StationFailure(.inputOutput, "\(path): cannot be read: \(error)")
        }
    }

    private static func refuseUnlessPrivate(
        _ path: FilePath, mode: mode_t
    ) throws(StationFailure) {
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
