package import Signatures

/// `SHA256SUMS`: a line that names the bundle, then one line a file, sorted by path, as sha256sum
/// writes and checks them; it skips lines that begin with `#`.
package struct Checksums: Equatable {
    package struct Entry: Equatable {
        let path: String
        let digest: SHA256Digest
    }

    let bundle: String
    /// Sorted by the bytes of their paths, each of which is there once.
    let entries: [Entry]

    private static let title = "# coldmint bundle 1 "
    private static let digitCount = 2 * SHA256Digest.byteCount

    init(bundle: String, sortedEntries entries: [Entry]) {
        self.bundle = bundle
        self.entries = entries
    }

    func encoded() -> [UInt8] {
        var text = Self.title(of: bundle)
        for entry in entries { Self.appendLine(Array(entry.path.utf8), entry.digest, to: &text) }
        return text
    }

    /// Reads what `encoded` writes and nothing else, to the byte.
    init(parsing text: [UInt8]) throws(BundleError) {
        let malformed = BundleError.malformed(BundleFile.checksums)
        var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard
            lines.popLast()?.isEmpty == true, let first = lines.first,
            first.starts(with: Self.title.utf8),
            let bundle = String(
                validating: first.dropFirst(Self.title.utf8.count), as: UTF8.self)
        else { throw malformed }
        var entries: [Entry] = []
        entries.reserveCapacity(lines.count)
        var last: ArraySlice<UInt8> = []
        for line in lines.dropFirst() {
            let path = line.dropFirst(Self.digitCount + 2)
            guard
                let digest = SHA256Digest(hexadecimal: line.prefix(Self.digitCount)),
                line.dropFirst(Self.digitCount).starts(with: "  ".utf8),
                last.lexicographicallyPrecedes(path),
                let name = String(validating: path, as: UTF8.self)
            else { throw malformed }
            entries.append(Entry(path: name, digest: digest))
            last = path
        }
        self.init(bundle: bundle, sortedEntries: entries)
    }
}

/// The text line by line, for a writer that has the files one after the other.
extension Checksums {
    /// The line that names the bundle.
    package static func title(of bundle: String) -> [UInt8] {
        Array("\(title)\(bundle)\n".utf8)
    }

    package static func lineByteCount(path: Int) -> Int {
        digitCount + 2 + path + 1
    }

    package static func appendLine(
        _ path: [UInt8], _ digest: SHA256Digest, to text: inout [UInt8]
    ) {
        digest.appendHexadecimal(to: &text)
        text += "  ".utf8
        text += path
        text.append(UInt8(ascii: "\n"))
    }

    /// Compares a file's digest with that of the first line, which is taken off.
    package static func check(
        _ digest: SHA256Digest, againstLineOf text: inout ArraySlice<UInt8>
    ) throws(BundleError) {
        guard let end = text.firstIndex(of: UInt8(ascii: "\n")) else {
            throw .notATar("it was read back with more files than were written")
        }
        let line = text[..<end]
        text = text[(end + 1)...]
        var expected: [UInt8] = []
        digest.appendHexadecimal(to: &expected)
        guard line.starts(with: expected) else {
            let path = line.dropFirst(digitCount + 2)
            throw .changed(String(decoding: path, as: UTF8.self))
        }
    }
}
