package import Signatures

/// `SHA256SUMS`: one line a file, sorted by path, as sha256sum writes and checks them.
package struct Checksums: Equatable {
    package struct Entry: Equatable {
        let path: String
        let digest: SHA256Digest
    }

    /// In bundles of the first form, a line before all others named the bundle; not every program that
    /// checks such a file passed over it.
    let title: String?
    /// Sorted by the bytes of their paths, each of which is there once.
    let entries: [Entry]

    private static let titleBeginning = "# coldmint bundle 1 "
    private static let digitCount = 2 * SHA256Digest.byteCount

    /// Reads what the writer writes, or wrote once, and nothing else.
    init(parsing text: [UInt8]) throws(BundleError) {
        let malformed = BundleError.malformed(BundleFile.checksums)
        var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.popLast()?.isEmpty == true else { throw malformed }
        if let first = lines.first, first.starts(with: Self.titleBeginning.utf8) {
            let name = first.dropFirst(Self.titleBeginning.utf8.count)
            guard let title = String(validating: name, as: UTF8.self) else { throw malformed }
            self.title = title
            lines.removeFirst()
        } else {
            title = nil
        }
        var entries: [Entry] = []
        entries.reserveCapacity(lines.count)
        var last: ArraySlice<UInt8> = []
        for line in lines {
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
        guard !entries.isEmpty else { throw malformed }
        self.entries = entries
    }
}

/// The text line by line, for a writer that has the files one after the other.
extension Checksums {
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
