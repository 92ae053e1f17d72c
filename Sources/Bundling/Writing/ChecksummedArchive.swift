import Bundles
import CalendarTime
import Signatures
import Signing

/// A tar on its way, and the text of the checksums of its files.
struct ChecksummedArchive: ~Copyable {
    private let file: OpenedFile
    /// The bundle's folder with the slash behind it.
    private let root: [UInt8]
    private let title: [UInt8]
    private var archive: ArchiveWriter
    private var checksums: [UInt8]
    private var checksumsRoom: ArchiveWriter.Room?
    private var signatureRoom: ArchiveWriter.Room?

    init(of head: BundleHead, in descriptor: Int32) throws(BundleError) {
        file = OpenedFile(descriptor: descriptor)
        root = Array("\(head.name)/".utf8)
        title = Checksums.title(of: head.name.description)
        checksums = title
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
    /// - Parameter byteCount: of the lines of all files.
    mutating func addChecksums(linesByteCount byteCount: Int) throws(BundleError) {
        checksums.reserveCapacity(title.count + byteCount)
        checksumsRoom = try archive.addRoom(
            root + BundleFile.checksums.utf8, byteCount: title.count + byteCount)
        signatureRoom = try archive.addRoom(
            root + BundleFile.checksumsSignature.utf8, byteCount: Signature.byteCount)
    }

    /// Fills in the checksums and their signature, reads all of it back and compares every file
    /// with the signed checksums.
    ///
    /// - Returns: the digest of the tar, as it was read back.
    consuming func finish(
        signedBy key: borrowing SigningKey
    ) throws(BundleError) -> SHA256Digest {
        let signature = key.sign(checksums)
        guard key.verificationKey.isValid(signature, for: checksums) else { throw .badSignature }
        guard let checksumsRoom, let signatureRoom else { throw .missing(BundleFile.checksums) }
        try archive.fill(checksumsRoom, checksums)
        try archive.fill(signatureRoom, signature.bytes)
        let frame = try archive.finish()
        var readBack = ArchiveReadBack(file, byteCount: frame.byteCount)
        var expected = checksums.dropFirst(title.count)
        while let file = try readBack.nextFile() {
            switch file.offset {
            case checksumsRoom.offset:
                guard file.digest == SHA256Digest(of: checksums) else {
                    throw .changed(BundleFile.checksums)
                }
            case signatureRoom.offset:
                guard file.digest == SHA256Digest(of: signature.bytes) else {
                    throw .changed(BundleFile.checksumsSignature)
                }
            default: try Checksums.check(file.digest, againstLineOf: &expected)
            }
        }
        guard expected.isEmpty else { throw .notATar("it ends too soon") }
        return try readBack.finish(comparing: frame)
    }
}
