import Signatures

/// Bytes line by line, and what lines may hold. Works on bytes, since strings that differ in them can
/// still be equal in Swift.
struct LineReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: some Collection<UInt8>) {
        rest = Array(bytes)[...]
    }

    /// The next line without its newline; `nil` where none ends any more.
    mutating func next() -> ArraySlice<UInt8>? {
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { rest = rest[(end + 1)...] }
        return rest[..<end]
    }

    /// The next line as it follows the word and a space; `nil`, and the line stays, where it begins
    /// otherwise.
    mutating func next(after word: String) -> ArraySlice<UInt8>? {
        let start = rest.prefix(word.utf8.count + 1)
        guard start.elementsEqual((word + " ").utf8) else { return nil }
        var ahead = self
        guard let line = ahead.next() else { return nil }
        self = ahead
        return line.dropFirst(start.count)
    }

    /// Hashes, one a line, up to an empty line, which is read too.
    mutating func path() throws(LogProofError) -> [SHA256Digest] {
        var path: [SHA256Digest] = []
        while true {
            guard let line = next() else { throw .noCheckpoint }
            if line.isEmpty { return path }
            guard path.count < MerkleTree.maximumPathLength else { throw .pathTooLong }
            guard let hash = SHA256Digest(base64: line) else { throw .badHash(path.count + 1) }
            path.append(hash)
        }
    }
}

extension SHA256Digest {
    /// `nil` for anything but the one base64 text of 32 bytes.
    init?(base64 text: ArraySlice<UInt8>) {
        // Longer texts need not be decoded to be refused.
        guard text.count == 44, let bytes = Base64.standard.decode(text) else { return nil }
        self.init(bytes: bytes)
    }

    var base64: String {
        String(decoding: Base64.standard.encodePublic(bytes), as: UTF8.self)
    }
}

extension Int64 {
    /// `nil` for anything but digits without needless zeros, and a number below 2^63.
    init?(decimal text: ArraySlice<UInt8>) {
        guard let first = text.first, text.count <= 19 else { return nil }
        guard text.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        guard first != UInt8(ascii: "0") || text.count == 1 else { return nil }
        self.init(String(decoding: text, as: UTF8.self))
    }
}
