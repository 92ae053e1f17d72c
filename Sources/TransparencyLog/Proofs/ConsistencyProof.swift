package import Signatures

/// Shows that a tree begins with all of an older one (RFC 6962, section 2.1.2).
package struct ConsistencyProof: Sendable, Hashable {
    package let oldSize: Int64
    package let newSize: Int64
    /// From the largest node that both trees have whole up to a child of the new root. Empty where
    /// the sizes are equal or the old tree has no leaves.
    package let path: [SHA256Digest]

    package init(oldSize: Int64, newSize: Int64, path: [SHA256Digest]) {
        self.oldSize = oldSize
        self.newSize = newSize
        self.path = path
    }

    /// Whether the tree with the new root begins with the one with the old root. A root alone does
    /// not say how large its tree is: each must come from the same checkpoint as its size.
    package func isValid(oldRoot: SHA256Digest, newRoot: SHA256Digest) -> Bool {
        guard oldSize >= 0, oldSize <= newSize else { return false }
        guard oldSize > 0 else {
            return path.isEmpty && oldRoot == MerkleTree.emptyRoot
                && (newSize > 0 || newRoot == oldRoot)
        }
        guard oldSize < newSize else { return path.isEmpty && oldRoot == newRoot }
        // The last leaf of each tree; the old one's node, as high as the old tree has it whole.
        let height = oldSize.trailingZeroBitCount
        var (position, last) = ((oldSize - 1) >> height, (newSize - 1) >> height)
        var rest = path[...]
        // Where that node is the whole old tree, its root is known and the proof leaves it out.
        guard let first = position == 0 ? oldRoot : rest.popFirst() else { return false }
        var (old, new) = (first, first)
        for sibling in rest {
            guard last > 0 else { return false }
            if position & 1 == 1 || position == last {
                old = MerkleTree.nodeHash(sibling, old)
                new = MerkleTree.nodeHash(sibling, new)
                while position & 1 == 0, position > 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                new = MerkleTree.nodeHash(new, sibling)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 && old == oldRoot && new == newRoot
    }
}
