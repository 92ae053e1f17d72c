import Bundles
import CalendarTime
import SSHSignatures
import Signatures
import Signing

/// A tar on its way, and the text of the checksums of its files.
struct ChecksummedArchive: ~Copyable {
    private let file: OpenedFile
    /// The bundle's folder with the slash behind it.
    private let root: [UInt8]
    /// What the checksums' SSH signature is made for.
    private let namespace: String
    private var archive: ArchiveWriter
    private var checksums: [UInt8] = []
    private var checksumsRoom: ArchiveWriter.Room?
    private var signatureRoom: ArchiveWriter.Room?
    private var sshSignatureRoom: ArchiveWriter.Room?

    init(of head: BundleHead, in descriptor: Int32) throws(BundleError) {
        file = OpenedFile(descriptor: descriptor)
        root = Array("\(head.name)/".utf8)
        namespace = IssuerNamespace.ofBundles(head.issuer)
        archive = ArchiveWriter(descriptor: descriptor, time: head.issuedAt)
        try archive.addFolder(root)
    }

    /// The path, like all others, is relative to the bundle's folder.
    mutating func addFolder(_ path: [UInt8]) throws(BundleError) {
        try archive.addFolder(root + path)
    }

    mutating func add(_ file: BundleFile) throws(BundleError) {
        try add(Array(file.path.utf8), file.bytes, SHA256Digest(of: file.bytes))
    }

    mutating func add(
        _ path: [UInt8], _ bytes: [UInt8], _ digest: SHA256Digest
    ) throws(BundleError) {
        try archive.addFile(root + path, bytes)
        Checksums.appendLine(path, digest, to: &checksums)
    }

    /// The checksums stand before most files that they name: their place is left open.
    ///
    /// - Parameters:
    ///   - byteCount: of the lines of all files.
    ///   - key: signs the checksums later.
    mutating func addChecksums(
        linesByteCount byteCount: Int, signedBy key: VerificationKey
    ) throws(BundleError) {
        checksums.reserveCapacity(byteCount)
        checksumsRoom = try archive.addRoom(
            root + BundleFile.checksums.utf8, byteCount: byteCount)
        signatureRoom = try archive.addRoom(
            root + BundleFile.checksumsSignature.utf8, byteCount: Signature.byteCount)
        sshSignatureRoom = try archive.addRoom(
            root + BundleFile.checksumsSSHSignature.utf8,
            byteCount: SSHSignature.armoredByteCount(by: key, namespace: namespace))
    }

    /// Fills in the checksums and their signature, reads all of it back and compares every file
    /// with the signed checksums.
    ///
    /// - Returns: the digest of the tar, as it was read back.
    consuming func finish(
        signedBy key: borrowing SigningKey
    ) throws(BundleError) -> SHA256Digest {
        guard let checksumsRoom, let signatureRoom, let sshSignatureRoom else {
            throw .missing(BundleFile.checksums)
        }
        // What the checksums do not name, by where it begins.
        let unlisted = [
            checksumsRoom.offset: (BundleFile.checksums, checksums),
            signatureRoom.offset: (
                BundleFile.checksumsSignature, try Self.sign(checksums, with: key).bytes
            ),
            sshSignatureRoom.offset: (
                BundleFile.checksumsSSHSignature, try sshSignature(by: key)
            ),
        ]
        for room in [checksumsRoom, signatureRoom, sshSignatureRoom] {
            try archive.fill(room, unlisted[room.offset]?.1 ?? [])
        }
        let frame = try archive.finish()
        var readBack = ArchiveReadBack(file, byteCount: frame.byteCount)
        var expected = checksums[...]
        while let file = try readBack.nextFile() {
            if let (path, bytes) = unlisted[file.offset] {
                guard file.digest == SHA256Digest(of: bytes) else { throw .changed(path) }
            } else {
                try Checksums.check(file.digest, againstLineOf: &expected)
            }
        }
        guard expected.isEmpty else { throw .notATar("it ends too soon") }
        return try readBack.finish(comparing: frame)
    }

    private func sshSignature(by key: borrowing SigningKey) throws(BundleError) -> [UInt8] {
        let text = SSHSignature.textToSign(checksums, namespace: namespace)
        return SSHSignature.armored(
            try Self.sign(text, with: key), by: key.verificationKey, namespace: namespace)
    }

    private static func sign(
        _ text: [UInt8], with key: borrowing SigningKey
    ) throws(BundleError) -> Signature {
        let signature = key.sign(text)
        guard key.verificationKey.isValid(signature, for: text) else { throw .badSignature }
        return signature
    }
}
