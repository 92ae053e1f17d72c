import Foundation
import Signatures
import Support
import Testing

@testable import TransparencyLog

/// One line of Vectors/merkle.tsv.
private struct Vector {
    let kind: Substring
    let isValid: Bool
    let first: Int64?
    let size: Int64?
    let hash: SHA256Digest?
    let root: SHA256Digest?
    /// `nil` where one of them is no hash at all.
    let path: [SHA256Digest]?
    let name: Substring

    init(_ line: Substring) throws {
        let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
        try #require(cells.count == 8)
        kind = cells[0]
        isValid = cells[1] == "valid"
        first = Int64(cells[2])
        size = Int64(cells[3])
        hash = SHA256Digest(base64: Array(cells[4].utf8)[...])
        root = SHA256Digest(base64: Array(cells[5].utf8)[...])
        let hashes = cells[6].split(separator: ",").map {
            SHA256Digest(base64: Array($0.utf8)[...])
        }
        path = hashes.contains(nil) ? nil : hashes.compactMap(\.self)
        name = cells[7]
    }

    /// What the module says of it. What it cannot even read, it refuses.
    var verdict: Bool {
        guard let first, let size, let hash, let root, let path else { return false }
        return kind == "inclusion"
            ? InclusionProof(index: first, treeSize: size, path: path)
                .isValid(leaf: hash, root: root)
            : ConsistencyProof(oldSize: first, newSize: size, path: path)
                .isValid(oldRoot: hash, newRoot: root)
    }

    static func all() throws -> [Vector] {
        let file = try #require(
            Bundle.module.url(
                forResource: "merkle", withExtension: "tsv", subdirectory: "Vectors"))
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }.map(Vector.init)
    }
}

struct ProofTests {
    @Test func `published vectors are judged as published`() throws {
        let vectors = try Vector.all()
        #expect(vectors.count == 195)
        #expect(vectors.count(where: \.isValid) > 10)
        for vector in vectors {
            #expect(vector.verdict == vector.isValid, "\(vector.name)")
        }
    }

    /// The tree of certificate-transparency-go's tests.
    @Test func `published roots are computed`() {
        let entries = [
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ]
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ]
        var growth = TreeGrowth()
        #expect(growth.root.description == roots[0])
        for (entry, root) in zip(entries, roots.dropFirst()) {
            growth.append(MerkleTree.leafHash(Hex.decode(Array(entry.utf8)) ?? []))
            #expect(growth.root.description == root)
        }
    }

    @Test func `an altered proof of inclusion is refused`() throws {
        var random = SeededGenerator(seed: 11)
        let leaves = numberedLeaves(1100)
        let naive = NaiveTree(leaves)
        for _ in 0..<300 {
            let size = Int.random(in: 2...1100, using: &random)
            let index = Int.random(in: 0..<size, using: &random)
            let path = naive.path(index, size)
            let root = naive.root(size)
            func isValid(_ path: [SHA256Digest], at index: Int, leaf: SHA256Digest) -> Bool {
                InclusionProof(index: Int64(index), treeSize: Int64(size), path: path)
                    .isValid(leaf: leaf, root: root)
            }
            #expect(isValid(path, at: index, leaf: leaves[index]))
            for altered in alterations(of: path, using: &random) {
                #expect(!isValid(altered, at: index, leaf: leaves[index]))
            }
            #expect(!isValid(path, at: index, leaf: path[0]))
            let other = Int.random(in: -2...(size + 2), using: &random)
            #expect(isValid(path, at: other, leaf: leaves[index]) == (other == index))
        }
    }

    @Test func `a proof passes for another tree size only where that has the same shape`() {
        let leaves = numberedLeaves(40)
        let naive = NaiveTree(leaves)
        for size in 1...40 {
            for index in 0..<size {
                for other in 1...40 {
                    let proof = InclusionProof(
                        index: Int64(index), treeSize: Int64(other),
                        path: naive.path(index, size))
                    // Left and right, from the leaf up: it alone decides how hashes are combined.
                    let same = index < other && turns(index, other) == turns(index, size)
                    #expect(proof.isValid(leaf: leaves[index], root: naive.root(size)) == same)
                }
            }
        }
    }

    @Test func `an altered proof of consistency is refused`() throws {
        var random = SeededGenerator(seed: 12)
        let leaves = numberedLeaves(1100)
        let naive = NaiveTree(leaves)
        for _ in 0..<300 {
            let new = Int.random(in: 2...1100, using: &random)
            let old = Int.random(in: 1..<new, using: &random)
            let path = naive.consistency(old, new)
            func isValid(_ path: [SHA256Digest], from old: Int) -> Bool {
                ConsistencyProof(oldSize: Int64(old), newSize: Int64(new), path: path)
                    .isValid(oldRoot: naive.root(old), newRoot: naive.root(new))
            }
            #expect(isValid(path, from: old))
            for altered in alterations(of: path, using: &random) {
                #expect(!isValid(altered, from: old))
            }
            let proof = ConsistencyProof(oldSize: Int64(old), newSize: Int64(new), path: path)
            #expect(!proof.isValid(oldRoot: naive.root(old - 1), newRoot: naive.root(new)))
            #expect(!proof.isValid(oldRoot: naive.root(old), newRoot: naive.root(new - 1)))
            #expect(!proof.isValid(oldRoot: naive.root(new), newRoot: naive.root(old)))
        }
    }

    @Test func `sizes that make no sense are refused`() {
        let hash = MerkleTree.emptyRoot
        for (index, size) in [(0, 0), (-1, 5), (5, 5), (0, -1), (.max, .max)] as [(Int64, Int64)] {
            let proof = InclusionProof(index: index, treeSize: size, path: [])
            #expect(!proof.isValid(leaf: hash, root: hash))
        }
        for (old, new) in [(-1, 5), (6, 5), (.min, .max), (.max - 1, .max)] as [(Int64, Int64)] {
            let proof = ConsistencyProof(oldSize: old, newSize: new, path: [hash])
            #expect(!proof.isValid(oldRoot: hash, newRoot: hash))
        }
        let nothing = ConsistencyProof(oldSize: 0, newSize: 7, path: [])
        #expect(nothing.isValid(oldRoot: hash, newRoot: MerkleTree.leafHash([1])))
        #expect(!nothing.isValid(oldRoot: MerkleTree.leafHash([]), newRoot: hash))
    }

    /// Whether each node on the way up is a left (false) or right (true) child.
    private func turns(_ index: Int, _ size: Int) -> [Bool] {
        guard size > 1 else { return [] }
        var half = 1
        while half * 2 < size { half *= 2 }
        return index < half
            ? turns(index, half) + [false] : turns(index - half, size - half) + [true]
    }

    private func alterations(
        of path: [SHA256Digest], using random: inout SeededGenerator
    ) -> [[SHA256Digest]] {
        guard let position = path.indices.randomElement(using: &random) else {
            return [[MerkleTree.emptyRoot]]
        }
        var bytes = path[position].bytes
        bytes[Int.random(in: 0..<32, using: &random)] ^=
            1 << UInt8.random(in: 0..<8, using: &random)
        var flipped = path
        if let hash = SHA256Digest(bytes: bytes) { flipped[position] = hash }
        var dropped = path
        dropped.remove(at: position)
        var added = path
        added.insert(path[position], at: position)
        let swapped = Array(path.reversed())
        return [flipped, dropped, added, [], path + [MerkleTree.emptyRoot]]
            + (swapped == path ? [] : [swapped])
    }
}
