package import Signatures

/// The head of a log (c2sp.org/tlog-checkpoint): whose it is, how many entries it has, and the root
/// of the tree over them.
package struct Checkpoint: Sendable {
    package static let maximumByteCount = 16 * 1024

    package let origin: String
    package let size: Int64
    package let root: SHA256Digest
    /// Further lines, which mean nothing here.
    package let extensions: [String]
    /// What is signed.
    package let text: String

    package init(
        origin: String, size: Int64, root: SHA256Digest, extensions: [String] = []
    ) throws(CheckpointError) {
        // Written and read back, so that there is one set of rules.
        let lines = [origin, "\(size)", root.base64] + extensions
        try self.init(parsing: lines.map { $0 + "\n" }.joined())
        guard self.extensions.count == extensions.count else { throw .badExtension }
    }

    package init(parsing text: String) throws(CheckpointError) {
        guard text.utf8.count <= Self.maximumByteCount else {
            throw .tooLong(limit: Self.maximumByteCount)
        }
        guard !text.utf8.contains(where: { $0 < 0x20 && $0 != UInt8(ascii: "\n") }) else {
            throw .control
        }
        var lines = LineReader(text.utf8)
        guard let origin = lines.next(), !origin.isEmpty else { throw .noOrigin }
        guard let size = lines.next().flatMap({ Int64(decimal: $0) }) else { throw .badSize }
        guard let root = lines.next().flatMap({ SHA256Digest(base64: $0) }) else { throw .badRoot }
        guard size > 0 || root == MerkleTree.emptyRoot else { throw .rootOfNothing }
        var extensions: [String] = []
        while let line = lines.next() {
            guard !line.isEmpty else { throw .badExtension }
            extensions.append(String(decoding: line, as: UTF8.self))
        }
        guard lines.rest.isEmpty else { throw .notWhole }
        self.origin = String(decoding: origin, as: UTF8.self)
        self.size = size
        self.root = root
        self.extensions = extensions
        self.text = text
    }
}

// By bytes: strings that differ in them can still be equal in Swift.
extension Checkpoint: Hashable {
    package static func == (left: Self, right: Self) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(size)
        hasher.combine(root)
    }
}
