import DurableFiles
import Failures
import LicenseToken
import SSHSignatures
import Signatures
import Signing
import SystemPackage

/// A backup that is being read: its tar has the files of a station in their places, one after the
/// other, and nothing else. Every file that is read is compared with the checksums.
struct BackupArchive: ~Copyable {
    struct Part {
        let path: String
        let offset: Int
        let size: Int
    }

    let path: FilePath
    /// With the keys that they are named after.
    let keys: [(kid: KeyID, part: Part)]
    let ledger: Part
    let signers: Part?
    /// With their names.
    let products: [(name: FileName, part: Part)]
    /// With its name.
    let logo: (name: FileName, part: Part)?
    let configuration: Part
    private let file: ReadableFile
    private let digests: [String: SHA256Digest]

    private static let maximumChecksumLine = 200

    static func open(_ path: FilePath) throws(StationFailure) -> BackupArchive {
        try BackupArchive(path, try file(path))
    }

    private static func file(_ path: FilePath) throws(StationFailure) -> ReadableFile {
        do throws(FileSystemError) {
            return try ReadableFile.regular(at: path, followingLinks: true)
        } catch {
            throw StationFailure(readingNamedFile: error)
        }
    }

    private init(_ path: FilePath, _ file: consuming ReadableFile) throws(StationFailure) {
        var outline = try BackupOutline(of: file, at: path)
        try outline.skipFolder(BackupFormat.root)
        try outline.skipFolder(BackupFormat.keys)
        let keys = try outline.keys()
        let ledger = try outline.next(BackupFormat.ledger)
        let signers = try outline.nextIfThere(
            BackupFormat.signers, upTo: AllowedSigners.maximumByteCount)
        let products = try outline.products()
        let logo = try outline.logo()
        let configuration = try outline.next(
            BackupFormat.configuration, upTo: ConfigurationText.maximumByteCount)
        let parts =
            keys.map(\.part) + [ledger, signers].compactMap { $0 } + products.map(\.part)
            + [logo?.part, configuration].compactMap { $0 }
        let names = parts.map(\.path)
        let checksums = try outline.next(
            BackupFormat.checksums, upTo: names.count * Self.maximumChecksumLine)
        try outline.checkEnd()
        let digests = try Self.digests(
            in: try Self.read(checksums, of: file, at: path), of: names, at: path)
        self.path = path
        self.keys = keys
        self.ledger = ledger
        self.signers = signers
        self.products = products
        self.logo = logo
        self.configuration = configuration
        self.digests = digests
        self.file = file
    }

    private static func digests(
        in text: [UInt8], of names: [String], at path: FilePath
    ) throws(StationFailure) -> [String: SHA256Digest] {
        var digests: [String: SHA256Digest] = [:]
        var expected: [UInt8] = []
        var rest = text[...]
        for name in names {
            guard let digest = SHA256Digest(hexadecimal: rest.prefix(2 * SHA256Digest.byteCount))
            else { break }
            digests[name] = digest
            let line = BackupFormat.checksumLine(name, digest)
            expected += line
            rest = rest.dropFirst(line.count)
        }
        guard expected == text, digests.count == names.count else {
            throw StationFailure(
                .dataError,
                "\(path): SHA256SUMS in it does not name the files of the backup: take another one")
        }
        return digests
    }

    // MARK: - Reading

    /// A small file.
    func bytes(of part: Part) throws(StationFailure) -> [UInt8] {
        let bytes = try Self.read(part, of: file, at: path)
        try check(SHA256Digest(of: bytes), of: part)
        return bytes
    }

    /// The list of signers, which is there where the configuration names one, and only there.
    func signers(
        for configuration: Configuration
    ) throws(StationFailure) -> NewSigners? {
        guard configuration.approvals.signers != nil else {
            guard signers == nil else {
                throw BackupOutline.refusal(
                    path, "\(BackupFormat.signers) is in it, which its configuration does not name")
            }
            return nil
        }
        guard let signers else {
            throw BackupOutline.refusal(
                path, "its configuration names signers, and \(BackupFormat.signers) is not in it")
        }
        let text = try bytes(of: signers)
        do throws(AllowedSignersError) {
            return try NewSigners(parsing: text)
        } catch {
            let fault = error.faults.first.map { "line \($0.line): \($0.message)" }
            throw StationFailure(
                .dataError,
                "\(path): \(signers.path) in it: \(fault ?? "it cannot be read"): take another backup"
            )
        }
    }

    /// The files of products.
    func productFiles() throws(StationFailure) -> [ProductFolder.File] {
        var files: [ProductFolder.File] = []
        for (name, part) in products { files.append((name, try bytes(of: part))) }
        return files
    }

    /// The vendor's picture, which is there only where the configuration names it.
    func logoFile(
        for configuration: Configuration
    ) throws(StationFailure) -> (name: FileName, bytes: [UInt8])? {
        guard let logo else { return nil }
        guard logo.name.description == configuration.vendorLogo else {
            throw BackupOutline.refusal(
                path, "\(logo.part.path) is in it, which its configuration does not name")
        }
        return (logo.name, try bytes(of: logo.part))
    }

    private static func read(
        _ part: Part, of file: borrowing ReadableFile, at path: FilePath
    ) throws(StationFailure) -> [UInt8] {
        let bytes = try onDisk { () throws(FileSystemError) in
            try file.read(at: part.offset, count: part.size)
        }
        guard bytes.count == part.size else { throw endsTooSoon(path) }
        return bytes
    }

    /// A key's file, which may be one that nothing is encrypted in.
    func secret(of part: Part) throws(StationFailure) -> SecretBytes {
        var secret = try mappingKeyErrors(at: path.string) { () throws(SigningError) in
            try SecretBytes(count: part.size)
        }
        let count: Int
        do throws(FileSystemError) {
            count = try secret.withUnsafeMutableBytes { memory throws(FileSystemError) in
                try file.read(into: memory, at: part.offset)
            }
        } catch {
            throw StationFailure(error)
        }
        guard count == part.size else { throw Self.endsTooSoon(path) }
        try check(SHA256Digest(ofSecret: secret), of: part)
        return secret
    }

    /// Copies a file of any size.
    func copy(_ part: Part, to draft: borrowing DraftFile) throws(StationFailure) {
        let digest = try file.copy(from: part.offset, count: part.size) {
            piece throws(StationFailure) in
            try onDisk { () throws(FileSystemError) in try draft.write(piece) }
        }
        guard let digest else { throw Self.endsTooSoon(path) }
        try check(digest, of: part)
    }

    private func check(_ digest: SHA256Digest, of part: Part) throws(StationFailure) {
        guard digest == digests[part.path] else {
            throw StationFailure(
                .dataError,
                "\(path): the file \(part.path) in it is not the one that was backed up: take "
                    + "another backup")
        }
    }

    private static func endsTooSoon(_ path: FilePath) -> StationFailure {
        StationFailure(.dataError, "\(path): it ends too soon: take another backup")
    }
}
