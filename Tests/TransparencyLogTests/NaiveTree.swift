import Signatures

@testable import TransparencyLog

/// RFC 6962, section 2.1, word for word: what the module must agree with. Each hash is computed once.
final class NaiveTree {
    let leaves: [SHA256Digest]
    /// By start, then end.
    private var known: [[SHA256Digest?]]

    init(_ leaves: [SHA256Digest]) {
        self.leaves = leaves
        known = Array(repeating: [], count: leaves.count)
    }

    /// MTH(D[start:end]).
    func hash(_ range: Range<Int>) -> SHA256Digest {
        if range.isEmpty { return SHA256Digest(of: []) }
        if range.count == 1 { return leaves[range.lowerBound] }
        if known[range.lowerBound].isEmpty {
            known[range.lowerBound] = Array(repeating: nil, count: leaves.count + 1)
        }
        if let hash = known[range.lowerBound][range.upperBound] { return hash }
        let middle = range.lowerBound + split(range.count)
        let left = hash(range.lowerBound..<middle)
        let right = hash(middle..<range.upperBound)
        let both = SHA256Digest(of: [1] + left.bytes + right.bytes)
        known[range.lowerBound][range.upperBound] = both
        return both
    }

    func root(_ size: Int) -> SHA256Digest { hash(0..<size) }

    /// PATH(m, D[n]).
    func path(_ index: Int, _ size: Int) -> [SHA256Digest] {
        var path: [SHA256Digest] = []
        addPath(index, 0..<size, to: &path)
        return path
    }

    private func addPath(_ index: Int, _ range: Range<Int>, to path: inout [SHA256Digest]) {
        if range.count == 1 { return }
        let middle = range.lowerBound + split(range.count)
        if index < middle {
            addPath(index, range.lowerBound..<middle, to: &path)
            path.append(hash(middle..<range.upperBound))
        } else {
            addPath(index, middle..<range.upperBound, to: &path)
            path.append(hash(range.lowerBound..<middle))
        }
    }

    /// PROOF(m, D[n]).
    func consistency(_ old: Int, _ new: Int) -> [SHA256Digest] {
        var path: [SHA256Digest] = []
        if old > 0 { addProof(old, 0..<new, isOldTree: true, to: &path) }
        return path
    }

    private func addProof(
        _ old: Int, _ range: Range<Int>, isOldTree: Bool, to path: inout [SHA256Digest]
    ) {
        if old == range.upperBound {
            if !isOldTree { path.append(hash(range)) }
            return
        }
        let middle = range.lowerBound + split(range.count)
        if old <= middle {
            addProof(old, range.lowerBound..<middle, isOldTree: isOldTree, to: &path)
            path.append(hash(middle..<range.upperBound))
        } else {
            addProof(old, middle..<range.upperBound, isOldTree: false, to: &path)
            path.append(hash(range.lowerBound..<middle))
        }
    }

    private func split(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}

/// Leaf hashes of the numbers from 0 on.
func numberedLeaves(_ count: Int) -> [SHA256Digest] {
    (0..<count).map { MerkleTree.leafHash("\($0)".utf8) }
}
