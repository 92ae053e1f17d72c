package import Signatures

/// A checkpoint and the proof that it follows from an older one: what a witness is asked to cosign
/// (c2sp.org/tlog-witness, `add-checkpoint`).
package struct CheckpointUpdate: Sendable, Hashable {
    package static let maximumByteCount = SignedNote.maximumByteCount + 8 * 1024

    package let consistency: ConsistencyProof
    package let checkpoint: SignedCheckpoint

    package init(
        consistency: ConsistencyProof, checkpoint: SignedCheckpoint
    ) throws(LogProofError) {
        let size = checkpoint.checkpoint.size
        guard consistency.newSize == size else {
            throw .otherTree(proof: consistency.newSize, checkpoint: size)
        }
        guard consistency.oldSize >= 0 else { throw .badOldSize }
        guard consistency.oldSize <= size else {
            throw .oldSizeBeyondTree(oldSize: consistency.oldSize, size: size)
        }
        guard consistency.path.count <= MerkleTree.maximumPathLength else { throw .pathTooLong }
        self.consistency = consistency
        self.checkpoint = checkpoint
    }

    package init(parsing bytes: [UInt8]) throws(LogProofError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw .tooLong(limit: Self.maximumByteCount)
        }
        var lines = LineReader(bytes)
        guard let oldSize = lines.next(after: "old").flatMap({ Int64(decimal: $0) }) else {
            throw .badOldSize
        }
        let path = try lines.path()
        let checkpoint = try SignedCheckpoint(following: lines)
        try self.init(
            consistency: ConsistencyProof(
                oldSize: oldSize, newSize: checkpoint.checkpoint.size, path: path),
            checkpoint: checkpoint)
    }

    package var bytes: [UInt8] {
        var text = "old \(consistency.oldSize)\n"
        for hash in consistency.path { text += hash.base64 + "\n" }
        return Array(text.utf8) + [UInt8(ascii: "\n")] + checkpoint.bytes
    }

    package var oldSize: Int64 { consistency.oldSize }

    /// Whether the checkpoint follows from a tree of the old size with this root. Who signed it is a
    /// question of its own.
    package func isValid(oldRoot: SHA256Digest) -> Bool {
        consistency.isValid(oldRoot: oldRoot, newRoot: checkpoint.checkpoint.root)
    }
}
