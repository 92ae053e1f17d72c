package import Signatures

/// All that shows offline that an entry is in a log (c2sp.org/tlog-proof@v1): where it is, the way up
/// to the root, and the checkpoint that has the root.
package struct LogProof: Sendable, Hashable {
    package static let format = "c2sp.org/tlog-proof@v1"
    package static let maximumExtraLength = 64 * 1024
    /// A checkpoint as long as any, the extra data in base64, and the hashes.
    package static let maximumByteCount =
        SignedNote.maximumByteCount + maximumExtraLength * 4 / 3 + 8 * 1024

    /// What the application adds. Nothing signs it.
    package let extra: [UInt8]?
    package let inclusion: InclusionProof
    package let checkpoint: SignedCheckpoint

    package init(
        extra: [UInt8]?, inclusion: InclusionProof, checkpoint: SignedCheckpoint
    ) throws(LogProofError) {
        let size = checkpoint.checkpoint.size
        guard inclusion.treeSize == size else {
            throw .otherTree(proof: inclusion.treeSize, checkpoint: size)
        }
        guard inclusion.index >= 0 else { throw .badIndex }
        guard inclusion.index < size else {
            throw .indexBeyondTree(index: inclusion.index, size: size)
        }
        guard inclusion.path.count <= MerkleTree.maximumPathLength else { throw .pathTooLong }
        if let extra {
            guard (1...Self.maximumExtraLength).contains(extra.count) else { throw .badExtra }
        }
        self.extra = extra
        self.inclusion = inclusion
        self.checkpoint = checkpoint
    }

    package init(parsing bytes: [UInt8]) throws(LogProofError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw .tooLong(limit: Self.maximumByteCount)
        }
        var lines = LineReader(bytes)
        guard lines.next()?.elementsEqual(Self.format.utf8) == true else { throw .otherFormat }
        var extra: [UInt8]?
        if let text = lines.next(after: "extra") {
            extra = Base64.standard.decode(text)
            guard extra != nil else { throw .badExtra }
        }
        guard let index = lines.next(after: "index").flatMap({ Int64(decimal: $0) }) else {
            throw .badIndex
        }
        let path = try lines.path()
        let checkpoint = try SignedCheckpoint(following: lines)
        try self.init(
            extra: extra,
            inclusion: InclusionProof(
                index: index, treeSize: checkpoint.checkpoint.size, path: path),
            checkpoint: checkpoint)
    }

    package var bytes: [UInt8] {
        var text = Self.format + "\n"
        if let extra {
            let encoded = Base64.standard.encodePublic(extra)
            text += "extra " + String(decoding: encoded, as: UTF8.self) + "\n"
        }
        text += "index \(inclusion.index)\n"
        for hash in inclusion.path { text += hash.base64 + "\n" }
        return Array(text.utf8) + [UInt8(ascii: "\n")] + checkpoint.bytes
    }

    /// Whether the leaf is in the tree that the checkpoint speaks of. Who signed the checkpoint is a
    /// question of its own.
    package func isValid(leaf: SHA256Digest) -> Bool {
        inclusion.isValid(leaf: leaf, root: checkpoint.checkpoint.root)
    }
}

extension SignedCheckpoint {
    init(following lines: LineReader) throws(LogProofError) {
        do { try self.init(parsing: Array(lines.rest)) } catch { throw .checkpoint(error) }
    }
}
