import Signatures
import Support
import Testing

@testable import TransparencyLog

struct TreeGrowthTests {
    @Test func `a tree that grows in pieces has the tiles of one that grew at once`() throws {
        var random = SeededGenerator(seed: 3)
        let leaves = numberedLeaves(70_000)
        let whole = StoredTiles(leaves)
        for largest in [700, 5000, 40_000] {
            var stored = StoredTiles([])
            var size = 0
            while size < leaves.count {
                var growth = try TreeGrowth(size: Int64(size), from: &stored)
                let end = min(leaves.count, size + Int.random(in: 0...largest, using: &random))
                for leaf in leaves[size..<end] {
                    growth.append(leaf)
                    if growth.fullTileCount > 10 {
                        stored.tiles.merge(growth.takeFullTiles()) { $1 }
                    }
                }
                stored.tiles.merge(growth.changedTiles) { $1 }
                size = end
                #expect(growth.size == Int64(size))
                var tree = TiledTree(size: Int64(size), source: whole)
                #expect(try growth.root == tree.root(ofSize: Int64(size)))
            }
            #expect(stored.tiles == whole.tiles)
        }
    }

    @Test func `each size to 600 has the root of the RFC`() {
        let leaves = numberedLeaves(600)
        let naive = NaiveTree(leaves)
        var growth = TreeGrowth()
        #expect(growth.root == MerkleTree.emptyRoot)
        for (index, leaf) in leaves.enumerated() {
            growth.append(leaf)
            #expect(growth.root == naive.root(index + 1))
        }
    }

    @Test func `only the tiles that grew count as changed`() throws {
        let leaves = numberedLeaves(66_000)
        var stored = StoredTiles(leaves)
        var growth = try TreeGrowth(size: 66_000, from: &stored)
        #expect(growth.changedTiles.isEmpty)
        growth.append(leaves[0])
        #expect(
            Set(growth.changedTiles.keys) == [TileCoordinate(level: 0, number: 66_000 / 256)])
    }

    @Test func `tiles that do not belong to the size are refused`() {
        let leaves = numberedLeaves(300)
        let edge = StoredTiles(leaves).tiles
        #expect(throws: Never.self) { try TreeGrowth(size: 300, edge: edge) }
        let last = TileCoordinate(level: 0, number: 1)
        #expect(throws: TreeError<Never>.shortTile(last, width: 44, needed: 45)) {
            try TreeGrowth(size: 301, edge: edge)
        }
        // The tree has grown since: a new leaf would take the place of one of its own.
        #expect(throws: TreeError<Never>.wideTile(last, width: 44, expected: 43)) {
            try TreeGrowth(size: 299, edge: edge)
        }
        #expect(throws: TreeError<Never>.missingTile(TileCoordinate(level: 0, number: 3))) {
            try TreeGrowth(size: 1000, edge: edge)
        }
        for size in [-1, .min, .max, TreeGrowth.maximumSize + 1] as [Int64] {
            #expect(throws: TreeError<Never>.noTree(size: size, limit: TreeGrowth.maximumSize)) {
                try TreeGrowth(size: size, edge: edge)
            }
        }
    }

    @Test func `the largest tree grows without an overflow`() throws {
        let one = try #require(Tile(hashes: [MerkleTree.emptyRoot]))
        // 2^62 is 64 times 256^7.
        let full = try #require(Tile(hashes: Array(repeating: MerkleTree.emptyRoot, count: 64)))
        var growth = try TreeGrowth(
            size: TreeGrowth.maximumSize, edge: [TileCoordinate(level: 7, number: 0): full])
        growth.append(one.hashes[0])
        #expect(growth.size == TreeGrowth.maximumSize + 1)
        #expect(
            growth.changedTiles == [
                TileCoordinate(level: 0, number: TreeGrowth.maximumSize / 256): one
            ])
    }
}
