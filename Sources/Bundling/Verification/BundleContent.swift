import LicenseToken
import Signing

/// What a tar holds, read once from beginning to end, each entry held to the form of a bundle.
struct BundleContent {
    /// The one folder that everything is in.
    let folder: String
    /// Of every file, by its path in the folder.
    let digests: [String: SHA256Digest]
    /// A folder that no file needs, if there is one.
    let strayFolder: String?
    private let files: [String: [UInt8]]

    private static let tokenSuffix = "/license.jwt"

    /// - Parameter keepsTokens: whether `file` is to give tokens too.
    init(readingFrom descriptor: Int32, keepingTokens keepsTokens: Bool) throws(BundleError) {
        let archive = try ArchiveReader(descriptor: descriptor)
        let container = try TarContainer(descriptor: descriptor)
        var tree = BundleTree()
        var files: [String: [UInt8]] = [:]
        var end: Int64 = 0
        while let entry = try archive.next() {
            try container.check(entry, after: end)
            end = entry.end
            guard let path = try tree.add(entry) else { continue }
            let isKept = keepsTokens && path.hasSuffix(Self.tokenSuffix) || Self.isNeeded(path)
            let content = try Self.read(archive, keeping: isKept)
            try tree.set(content.digest, of: path, entry)
            if let bytes = content.bytes { files[path] = bytes }
        }
        guard let folder = tree.root else { throw .notATar("it is empty") }
        try container.checkEnd(at: end)
        self.folder = folder
        self.files = files
        digests = tree.digests
        strayFolder = tree.strayFolder
    }

    /// The bytes of a file that the checks need.
    func file(_ path: String) throws(BundleError) -> [UInt8] {
        guard let bytes = files[path] else { throw .missing(path) }
        return bytes
    }

    var tokenPaths: Set<String> {
        Set(files.keys.filter { $0.hasSuffix(Self.tokenSuffix) })
    }

    private static func isNeeded(_ path: String) -> Bool {
        switch path {
        case BundleFile.publicKey, BundleFile.keySet, BundleFile.manifest, BundleFile.checksums,
            BundleFile.checksumsSignature:
            true
        default: false
        }
    }

    private static func read(
        _ archive: borrowing ArchiveReader, keeping isKept: Bool
    ) throws(BundleError) -> (digest: SHA256Digest, bytes: [UInt8]?) {
        var hash = SHA256()
        var bytes: [UInt8] = []
        try archive.readData { piece in
            hash.update(piece)
            if isKept { bytes.append(contentsOf: piece) }
        }
        return (hash.finish(), isKept ? bytes : nil)
    }
}
