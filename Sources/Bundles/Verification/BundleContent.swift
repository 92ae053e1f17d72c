import LicenseToken
import Signatures
import Tar

/// What a tar holds: the files of a bundle, each of a size that it may have, named by checksums
/// that a key has signed.
struct BundleContent {
    /// The one folder that everything is in.
    let folder: String
    /// The one time of all entries.
    let time: Int64
    /// The key that signed the checksums.
    let publicKey: VerificationKey
    /// The vendor's keys as two of them have signed them, where a bundle has it.
    let keyStatement: KeySetStatement?
    /// Whether it is of the form that bundles had before there were SSH signatures.
    let isOfFirstForm: Bool
    /// Those that the checksums name, by path.
    private let digests: [String: SHA256Digest]
    private let files: [String: TarContainer.Entry]
    private let container: TarContainer

    /// - Parameter trustedKey: where it is missing, the bundle's own key is taken.
    init(
        readingFrom descriptor: Int32, trusting trustedKey: VerificationKey?
    ) throws(BundleError) {
        container = try TarContainer(descriptor: descriptor)
        let tree = try BundleTree(container.entries)
        folder = tree.root
        files = tree.files
        time = container.time ?? 0
        try Self.checkSizes(of: files)
        publicKey = try Self.publicKey(in: container, files)
        keyStatement = try Self.keyStatement(in: container, files, of: publicKey)
        if let trustedKey, trustedKey != publicKey,
            keyStatement?.introduces(publicKey, trusting: trustedKey) != true
        {
            throw .otherKey
        }
        let text = try Self.read(BundleFile.checksums, files, container)
        let signature = try Self.read(BundleFile.checksumsSignature, files, container)
        guard let signature = Signature(bytes: signature) else {
            throw .malformed(BundleFile.checksumsSignature)
        }
        guard publicKey.isValid(signature, for: text) else { throw .badSignature }
        let checksums = try Checksums(parsing: text)
        guard checksums.title == nil || checksums.title == folder else {
            throw .contradiction("SHA256SUMS and the folder name different bundles")
        }
        isOfFirstForm = checksums.title != nil
        if isOfFirstForm && keyStatement != nil { throw .added(BundleFile.keyStatement) }
        digests = Dictionary(
            checksums.entries.map { ($0.path, $0.digest) }, uniquingKeysWith: { first, _ in first })
        try checkPaths()
    }

    /// The bytes of a file, which are those that the checksums name.
    func file(_ path: String) throws(BundleError) -> [UInt8] {
        let bytes = try Self.read(path, files, container)
        guard SHA256Digest(of: bytes) == digests[path] else { throw .changed(path) }
        return bytes
    }

    /// The bytes of a file that the checksums do not name.
    func unlistedFile(_ path: String) throws(BundleError) -> [UInt8] {
        try Self.read(path, files, container)
    }

    func has(_ path: String) -> Bool { files[path] != nil }

    /// How many files of a kind there are.
    func count(where isCounted: (BundleFile.Kind) -> Bool) -> Int {
        files.keys.count { BundleFile.Kind($0).map(isCounted) ?? false }
    }

    private static func checkSizes(
        of files: [String: TarContainer.Entry]
    ) throws(BundleError) {
        let count = files.keys.count { BundleFile.Kind($0) == .token }
        for (path, entry) in files {
            guard let kind = BundleFile.Kind(path) else { throw .added(path) }
            let limit = kind.maximumByteCount(licenses: count)
            guard entry.header.size <= limit else { throw .tooLarge(path, limit: limit) }
        }
    }

    private static func read(
        _ path: String, _ files: [String: TarContainer.Entry], _ container: TarContainer
    ) throws(BundleError) -> [UInt8] {
        guard let entry = files[path] else { throw .missing(path) }
        return try container.bytes(of: entry)
    }

    private static func keyStatement(
        in container: TarContainer, _ files: [String: TarContainer.Entry], of key: VerificationKey
    ) throws(BundleError) -> KeySetStatement? {
        guard files[BundleFile.keyStatement] != nil else { return nil }
        let text = try read(BundleFile.keyStatement, files, container)
        let statement: KeySetStatement
        do throws(TokenError) {
            statement = try KeySetStatement(parsing: text)
        } catch {
            throw .token(BundleFile.keyStatement, error)
        }
        guard statement.kid == KeyID(of: key) else {
            throw .contradiction("keys.jws introduces another key than the one in public-key.pem")
        }
        return statement
    }

    private static func publicKey(
        in container: TarContainer, _ files: [String: TarContainer.Entry]
    ) throws(BundleError) -> VerificationKey {
        let text = String(
            decoding: try read(BundleFile.publicKey, files, container), as: UTF8.self)
        // What is wrong with it is thrown away: no writer of bundles has written it.
        guard let key = try? PublicKeyPEM.decode(text), PublicKeyPEM.encode(key) == text else {
            throw .malformed(BundleFile.publicKey)
        }
        return key
    }

    /// The checksums name every file but themselves and their signature, and no other.
    private func checkPaths() throws(BundleError) {
        var unlisted: Set = [BundleFile.checksums, BundleFile.checksumsSignature]
        if !isOfFirstForm { unlisted.insert(BundleFile.checksumsSSHSignature) }
        if let missing = digests.keys.filter({ files[$0] == nil }).min() { throw .missing(missing) }
        if let added = files.keys.filter({ digests[$0] == nil && !unlisted.contains($0) }).min() {
            throw .added(added)
        }
        if let listed = unlisted.first(where: { digests[$0] != nil }) { throw .added(listed) }
    }
}
