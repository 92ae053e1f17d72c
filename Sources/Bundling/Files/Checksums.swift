import Signing

/// `SHA256SUMS`: a line that names the bundle, then one line a file, as sha256sum writes and
/// checks them; it skips lines that begin with `#`.
struct Checksums: Equatable {
    let bundle: String
    let digests: [String: SHA256Digest]

    private static let title = "# coldmint bundle 1 "

    init(bundle: String, digests: [String: SHA256Digest]) {
        self.bundle = bundle
        self.digests = digests
    }

    func encoded() -> [UInt8] {
        let paths = digests.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let lines = paths.compactMap { path in digests[path].map { "\($0)  \(path)\n" } }
        return Array("\(Self.title)\(bundle)\n\(lines.joined())".utf8)
    }

    /// Reads what `encoded` writes and nothing else, to the byte.
    init(parsing text: [UInt8]) throws(BundleError) {
        let lines = text.split(separator: UInt8(ascii: "\n"))
        guard let first = lines.first, first.starts(with: Self.title.utf8) else {
            throw .malformed(BundleFile.checksums)
        }
        bundle = String(decoding: first.dropFirst(Self.title.utf8.count), as: UTF8.self)
        var digests: [String: SHA256Digest] = [:]
        for line in lines.dropFirst() {
            guard
                let digest = Hex.decode(line.prefix(64)).flatMap(SHA256Digest.init(bytes:)),
                line.dropFirst(64).starts(with: "  ".utf8)
            else { throw .malformed(BundleFile.checksums) }
            let path = String(decoding: line.dropFirst(66), as: UTF8.self)
            digests[path] = digest
        }
        self.digests = digests
        guard encoded() == text else { throw .malformed(BundleFile.checksums) }
    }
}
