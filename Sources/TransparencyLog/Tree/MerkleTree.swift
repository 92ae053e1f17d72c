package import Signatures

/// The hashes of a Merkle tree (RFC 6962, section 2.1).
package enum MerkleTree {
    /// The root of a tree without leaves: the hash of no bytes.
    package static let emptyRoot = SHA256Digest(of: [])

    /// No path in a tree of fewer than 2^63 leaves is longer.
    package static let maximumPathLength = 63

    package static func leafHash(_ entry: some Collection<UInt8>) -> SHA256Digest {
        var hash = prefixed(0x00)
        if entry.withContiguousStorageIfAvailable({ hash.update(UnsafeRawBufferPointer($0)) })
            == nil
        {
            hash.update(Array(entry))
        }
        return hash.finish()
    }

    package static func nodeHash(_ left: SHA256Digest, _ right: SHA256Digest) -> SHA256Digest {
        var hash = prefixed(0x01)
        hash.update(left)
        hash.update(right)
        return hash.finish()
    }

    // The prefix keeps a node's hash from being shown as that of a leaf.
    private static func prefixed(_ prefix: UInt8) -> SHA256 {
        var hash = SHA256()
        withUnsafeBytes(of: prefix) { hash.update($0) }
        return hash
    }

    /// How many leaves the left child of a tree has: the largest power of two below the count,
    /// which must be 2 or more.
    static func leftCount(of count: Int64) -> Int64 {
        1 << (Int64.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}
