/// Why bytes are no proof with a checkpoint, or no request for a cosignature.
package enum LogProofError: Error, Sendable, Hashable {
    case tooLong(limit: Int)
    case otherFormat
    case badExtra
    case badIndex
    case badOldSize
    /// By position in the proof, from 1.
    case badHash(Int)
    case pathTooLong
    case noCheckpoint
    case checkpoint(CheckpointError)
    case indexBeyondTree(index: Int64, size: Int64)
    case oldSizeBeyondTree(oldSize: Int64, size: Int64)
    case otherTree(proof: Int64, checkpoint: Int64)
}

extension LogProofError: CustomStringConvertible {
    /// A sentence, lower case, without a full stop.
    package var description: String {
        switch self {
        case .tooLong(let limit): "longer than a proof may be: at most \(limit) bytes are read"
        case .otherFormat: "the first line of a proof is \(LogProof.format), and this one is not"
        case .badExtra:
            "the proof's line 'extra' is not the base64 of 1 to \(LogProof.maximumExtraLength) bytes"
        case .badIndex:
            "the proof has no line 'index' with the number of an entry, in digits and below 2^63"
        case .badOldSize:
            "the first line is 'old' and a number of entries, in digits and below 2^63, and this one "
                + "is not"
        case .badHash(let number): "hash \(number) of the proof is not the base64 of 32 bytes"
        case .pathTooLong: "the proof has more than \(MerkleTree.maximumPathLength) hashes"
        case .noCheckpoint:
            "no empty line and checkpoint follow the proof's hashes: it is not whole"
        case .checkpoint(let error): "after the proof: \(error)"
        case .indexBeyondTree(let index, let size):
            "the proof is for entry \(index) of a log with \(size) entries"
        case .oldSizeBeyondTree(let oldSize, let size):
            "the proof leads from \(oldSize) entries back to \(size)"
        case .otherTree(let proof, let checkpoint):
            "the proof is for a tree of \(proof) entries and its checkpoint for one of \(checkpoint)"
        }
    }
}
