package import Signatures

/// Shows that a leaf is in a tree (RFC 6962, section 2.1.1).
package struct InclusionProof: Sendable, Hashable {
    package let index: Int64
    package let treeSize: Int64
    /// From the leaf's sibling up to a child of the root.
    package let path: [SHA256Digest]

    package init(index: Int64, treeSize: Int64, path: [SHA256Digest]) {
        self.index = index
        self.treeSize = treeSize
        self.path = path
    }

    /// Whether a tree with this root has this leaf at the index. A root alone does not say how large
    /// its tree is: root and size must come from the same checkpoint.
    package func isValid(leaf: SHA256Digest, root: SHA256Digest) -> Bool {
        guard index >= 0, index < treeSize else { return false }
        // Where the leaf is, and the last one, on the level that is reached.
        var (position, last) = (index, treeSize - 1)
        var hash = leaf
        for sibling in path {
            guard last > 0 else { return false }
            if position & 1 == 1 || position == last {
                hash = MerkleTree.nodeHash(sibling, hash)
                // Without a right neighbour a node is carried up as it is.
                while position & 1 == 0, position > 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                hash = MerkleTree.nodeHash(hash, sibling)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }
}
