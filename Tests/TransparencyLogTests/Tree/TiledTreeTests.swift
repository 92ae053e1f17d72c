import Signatures
import Support
import Testing

@testable import TransparencyLog

struct TiledTreeTests {
    @Test func `every tree up to 600 entries has the root, proofs and consistency of the RFC`()
        throws
    {
        let limit = 600
        let leaves = numberedLeaves(limit)
        let naive = NaiveTree(leaves)
        var tree = TiledTree(size: Int64(limit), source: StoredTiles(leaves))
        for size in 0...limit {
            let root = try tree.root(ofSize: Int64(size))
            try #require(root == naive.root(size))
            for index in 0..<size {
                let proof = try tree.inclusionProof(of: Int64(index), inTreeOfSize: Int64(size))
                try #require(proof.path == naive.path(index, size))
                // Equal proofs are equally good, so that a sample of the larger ones is checked.
                guard size <= 130 || (size + index).isMultiple(of: 11) else { continue }
                try #require(proof.isValid(leaf: leaves[index], root: root))
            }
            for old in 0...size {
                let proof = try tree.consistencyProof(from: Int64(old), to: Int64(size))
                try #require(proof.path == naive.consistency(old, size))
                guard size <= 130 || (size + old).isMultiple(of: 11) else { continue }
                try #require(proof.isValid(oldRoot: naive.root(old), newRoot: root))
            }
        }
    }

    @Test func `proofs in a large tree hold, whatever its size`() throws {
        var random = SeededGenerator(seed: 19)
        let leaves = numberedLeaves(100_000)
        var tree = TiledTree(size: 100_000, source: StoredTiles(leaves))
        for _ in 0..<300 {
            let new = Int64.random(in: 1...100_000, using: &random)
            let old = Int64.random(in: 0...new, using: &random)
            let index = Int64.random(in: 0..<new, using: &random)
            let root = try tree.root(ofSize: new)
            let inclusion = try tree.inclusionProof(of: index, inTreeOfSize: new)
            #expect(inclusion.isValid(leaf: leaves[Int(index)], root: root))
            let consistency = try tree.consistencyProof(from: old, to: new)
            #expect(try consistency.isValid(oldRoot: tree.root(ofSize: old), newRoot: root))
        }
    }

    @Test func `many proofs in one tile read it once`() throws {
        let leaves = numberedLeaves(70_000)
        let tiles = StoredTiles(leaves)
        var tree = TiledTree(size: 70_000, source: tiles)
        _ = try tree.inclusionProof(of: 1000, inTreeOfSize: 70_000)
        let reads = tiles.reads.count
        for index in 768..<Int64(1024) {
            _ = try tree.inclusionProof(of: index, inTreeOfSize: 70_000)
        }
        #expect(tiles.reads.count == reads)
        #expect((1...6).contains(reads))
    }

    @Test func `trees that are not there have no root and no proof`() throws {
        var tree = TiledTree(size: 5, source: StoredTiles(numberedLeaves(5)))
        for size: Int64 in [-1, 6, .min, .max] {
            let noTree = TreeError<Never>.noTree(size: size, limit: 5)
            #expect(throws: noTree) { try tree.root(ofSize: size) }
            #expect(throws: noTree) { try tree.inclusionProof(of: 0, inTreeOfSize: size) }
            #expect(throws: noTree) { try tree.consistencyProof(from: 0, to: size) }
        }
        for index: Int64 in [-1, 3, .min, .max] {
            #expect(throws: TreeError<Never>.noLeaf(index: index, size: 3)) {
                try tree.inclusionProof(of: index, inTreeOfSize: 3)
            }
        }
        #expect(throws: TreeError<Never>.smaller(newSize: 2, oldSize: 3)) {
            try tree.consistencyProof(from: 3, to: 2)
        }
        #expect(throws: TreeError<Never>.noTree(size: -1, limit: 5)) {
            try tree.consistencyProof(from: -1, to: 2)
        }
    }

    @Test func `a tree said to be larger than any is answered with an error`() throws {
        var tree = TiledTree(size: .max, source: StoredTiles(numberedLeaves(300)))
        #expect(throws: TreeError<Never>.self) { try tree.root(ofSize: .max) }
        #expect(throws: TreeError<Never>.self) {
            try tree.inclusionProof(of: .max - 1, inTreeOfSize: .max)
        }
        #expect(throws: TreeError<Never>.self) {
            try tree.consistencyProof(from: .max - 1, to: .max)
        }
    }

    @Test func `a missing, short or changed tile is an error or gives another root`() throws {
        let leaves = numberedLeaves(66_000)
        let whole = StoredTiles(leaves)
        var tree = TiledTree(size: 66_000, source: whole)
        let root = try tree.root(ofSize: 66_000)
        var random = SeededGenerator(seed: 7)
        let edge = TileCoordinate.edge(ofSize: 66_000).map(\.coordinate)
        #expect(edge.count == 3)
        for coordinate in edge {
            var damaged = whole
            damaged.tiles[coordinate] = nil
            tree = TiledTree(size: 66_000, source: damaged)
            #expect(throws: TreeError<Never>.missingTile(coordinate)) {
                try tree.root(ofSize: 66_000)
            }

            let hashes = try #require(whole.tiles[coordinate]).hashes
            if hashes.count > 1 {
                damaged.tiles[coordinate] = Tile(hashes: hashes.dropLast())
                tree = TiledTree(size: 66_000, source: damaged)
                #expect(throws: TreeError<Never>.self) { try tree.root(ofSize: 66_000) }
            }

            var changed = hashes
            changed[Int.random(in: changed.indices, using: &random)] = leaves[0]
            damaged.tiles[coordinate] = Tile(hashes: changed)
            tree = TiledTree(size: 66_000, source: damaged)
            #expect(try tree.root(ofSize: 66_000) != root)
        }
    }

    @Test func `a failure of the source is passed on`() {
        var tree = TiledTree(size: 5, source: BrokenDisk())
        #expect(throws: TreeError.source(BrokenDisk.Failure())) { try tree.root(ofSize: 3) }
        #expect(throws: TreeError.source(BrokenDisk.Failure())) {
            var disk = BrokenDisk()
            _ = try TreeGrowth(size: 5, from: &disk)
        }
    }
}
