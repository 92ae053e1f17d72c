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

    init(readingFrom descriptor: Int32) throws(BundleError) {
        let archive = try ArchiveReader(descriptor: descriptor)
        var folder: String?
        var seen: Set<String> = []
        var digests: [String: SHA256Digest] = [:]
        var files: [String: [UInt8]] = [:]
        var folders: Set<String> = []
        let container = try TarContainer(descriptor: descriptor)
        var end: Int64 = 0
        while let entry = try archive.next() {
            try container.check(entry, after: end)
            end = entry.end
            let path = try Self.components(of: entry)
            guard seen.insert(path.joined(separator: "/")).inserted else {
                throw .strangeEntry(entry.path, "appears twice")
            }
            guard folder == nil || path.first == folder else {
                throw .strangeEntry(entry.path, "lies outside the bundle's folder")
            }
            folder = path.first
            guard entry.kind == .file else {
                folders.insert(path.joined(separator: "/"))
                continue
            }
            let file = path.dropFirst().joined(separator: "/")
            guard !file.isEmpty else {
                throw .strangeEntry(entry.path, "lies outside the bundle's folder")
            }
            let content = try Self.read(archive, keeping: Self.isNeeded(file))
            digests[file] = content.digest
            files[file] = content.bytes
        }
        guard let folder else { throw .notATar("it is empty") }
        try container.checkEnd(at: end)
        let needed = Set(digests.keys.flatMap { Self.parents(of: "\(folder)/\($0)") })
        strayFolder = folders.subtracting(needed).min()
        self.folder = folder
        self.digests = digests
        self.files = files
    }

    /// The bytes of a file that the checks need.
    func file(_ path: String) throws(BundleError) -> [UInt8] {
        guard let bytes = files[path] else { throw .missing(path) }
        return bytes
    }

    var tokenPaths: Set<String> {
        Set(files.keys.filter { $0.hasSuffix(Self.tokenSuffix) })
    }

    /// The parts of a path that stays where it is: relative, without `.` and `..`.
    private static func components(of entry: ArchiveReader.Entry) throws(BundleError) -> [String] {
        guard entry.kind != .other else {
            throw .strangeEntry(entry.path, "is neither a file nor a folder")
        }
        let path = entry.path.hasSuffix("/") ? String(entry.path.dropLast()) : entry.path
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.allSatisfy({ !["", ".", ".."].contains($0) }) else {
            throw .strangeEntry(entry.path, "lies outside the bundle's folder")
        }
        return parts
    }

    /// `a`, `a/b` for `a/b/c`.
    private static func parents(of path: String) -> [String] {
        path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) }
    }

    private static func isNeeded(_ path: String) -> Bool {
        let needed = [
            BundleFile.publicKey, BundleFile.keySet, BundleFile.manifest, BundleFile.checksums,
            BundleFile.checksumsSignature,
        ]
        return needed.contains(path) || path.hasSuffix(tokenSuffix)
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
