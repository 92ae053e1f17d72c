import LicenseToken
import Signing

/// Writes a bundle's files one after the other, each rendered once, and takes their digests for the
/// checksums while they pass.
struct BundleWriter: ~Copyable {
    private let root: [UInt8]
    private let file: OpenedFile
    private let chosen: Set<Presentation.OptionalFile>
    private var archive: ArchiveWriter
    private let title: [UInt8]
    private var checksums: [UInt8]
    private var checksumsRoom: ArchiveWriter.Room?
    private var signatureRoom: ArchiveWriter.Room?

    init(_ bundle: LicenseBundle, to descriptor: Int32) {
        root = Array("\(bundle.name)/".utf8)
        file = OpenedFile(descriptor: descriptor)
        chosen = bundle.presentation.files
        archive = ArchiveWriter(descriptor: descriptor, time: bundle.issuedAt)
        title = Checksums.title(of: bundle.name.description)
        checksums = title
    }

    /// The checksums stand before most files that they name: their place is left open.
    mutating func begin(
        checksumsByteCount: Int, before files: ArraySlice<BundleFile>
    ) throws(BundleError) {
        try archive.addFolder(root)
        for file in files { try add(file) }
        checksums.reserveCapacity(checksumsByteCount)
        checksumsRoom = try archive.addRoom(
            root + BundleFile.checksums.utf8, byteCount: checksumsByteCount)
        signatureRoom = try archive.addRoom(
            root + BundleFile.checksumsSignature.utf8, byteCount: Signature.byteCount)
    }

    mutating func add(_ file: BundleFile) throws(BundleError) {
        try add(root + file.path.utf8, file.bytes, SHA256Digest(of: file.bytes))
    }

    mutating func add(_ licenses: [BundledLicense]) throws(BundleError) {
        guard !licenses.isEmpty else { return }
        try archive.addFolder(root + "\(BundleFile.licenses)/".utf8)
        for license in licenses { try add(license) }
    }

    private mutating func add(_ license: BundledLicense) throws(BundleError) {
        let folder = root + license.folderPath
        try archive.addFolder(folder)
        let token = Array(license.token.utf8)
        for (file, bytes) in try DeploymentFiles(label: license.label, token: token).files(chosen) {
            try add(folder + file.rawValue.utf8, bytes, SHA256Digest(of: bytes))
        }
        try add(folder + BundleFile.token.utf8, token, license.tokenDigest)
    }

    private mutating func add(
        _ path: [UInt8], _ bytes: [UInt8], _ digest: SHA256Digest
    ) throws(BundleError) {
        try archive.addFile(path, bytes)
        Checksums.appendLine(path[root.count...], digest, to: &checksums)
    }

    /// Fills in the checksums and their signature, and reads all of it back.
    ///
    /// - Returns: the digest of the tar.
    consuming func finish(
        signedBy key: borrowing SigningKey
    ) throws(BundleError) -> SHA256Digest {
        let signature = key.sign(checksums)
        guard key.verificationKey.isValid(signature, for: checksums) else { throw .badSignature }
        guard let checksumsRoom, let signatureRoom else {
            throw .missing(BundleFile.checksums)
        }
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
