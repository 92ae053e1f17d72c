package import Signatures

/// Up to 256 neighbouring hashes of one level (c2sp.org/tlog-tiles). On level 0 they are those of
/// leaves; on each level above, the roots of full tiles of the level below.
package struct Tile: Sendable, Hashable {
    /// How many hashes a full tile has.
    package static let width = 256
    /// The levels of nodes that one tile spans, the one of its own hashes included.
    static let height = 8

    package let hashes: [SHA256Digest]

    /// `nil` unless there are 1 to 256 hashes.
    package init?(hashes: [SHA256Digest]) {
        guard (1...Self.width).contains(hashes.count) else { return nil }
        self.hashes = hashes
    }

    /// `nil` unless there are 1 to 256 hashes of 32 bytes.
    package init?(bytes: [UInt8]) {
        let size = SHA256Digest.byteCount
        guard bytes.count.isMultiple(of: size) else { return nil }
        self.init(
            hashes: stride(from: 0, to: bytes.count, by: size).compactMap {
                SHA256Digest(bytes: bytes[$0..<$0 + size])
            })
    }

    init(whole hashes: [SHA256Digest]) {
        self.hashes = hashes
    }

    /// What a file of the tile holds.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(hashes.count * SHA256Digest.byteCount)
        for hash in hashes { hash.withBytes { bytes.append(contentsOf: $0) } }
        return bytes
    }

    package var isFull: Bool { hashes.count == Self.width }
}
