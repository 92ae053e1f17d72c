package import Signatures

/// A tree that leaves are appended to. It needs only the tiles at the tree's right edge, and says
/// afterwards which tiles are new or longer.
package struct TreeGrowth: Sendable {
    /// Far beyond what anyone can append, and far from an overflow.
    package static let maximumSize: Int64 = 1 << 62

    package private(set) var size: Int64
    private var levels: [Level] = []
    private var fullTiles: [TileCoordinate: Tile] = [:]

    /// The rightmost tile of a level, not full.
    private struct Level {
        var number: Int64
        var hashes: [SHA256Digest]
        var isChanged = false
    }

    /// A tree without leaves.
    package init() {
        size = 0
    }

    /// - Parameter edge: the tiles that `TileCoordinate.edge(ofSize:)` names.
    package init(
        size: Int64, edge: [TileCoordinate: Tile]
    ) throws(TreeError<Never>) {
        self.size = 0
        try load(size: size) { (coordinate) throws(TreeError<Never>) in edge[coordinate] }
    }

    /// A tree as it is stored.
    package init<Source: TileSource>(
        size: Int64, from source: inout Source
    ) throws(TreeError<Source.Failure>) {
        self.size = 0
        try load(size: size) { (coordinate) throws(TreeError<Source.Failure>) in
            do throws(Source.Failure) { return try source.tile(at: coordinate) } catch {
                throw .source(error)
            }
        }
    }

    private mutating func load<Underlying>(
        size: Int64,
        tile: (TileCoordinate) throws(TreeError<Underlying>) -> Tile?
    ) throws(TreeError<Underlying>) {
        guard size >= 0, size <= Self.maximumSize else {
            throw .noTree(size: size, limit: Self.maximumSize)
        }
        var above = size / Int64(Tile.width)
        while levels.count < Self.levelCount(ofSize: size) {
            levels.append(Level(number: above, hashes: []))
            above /= Int64(Tile.width)
        }
        for (coordinate, width) in TileCoordinate.edge(ofSize: size) {
            guard let tile = try tile(coordinate) else { throw .missingTile(coordinate) }
            let found = tile.hashes.count
            // More would mean that the tree is larger than it is said to be, and that the next leaf
            // would take the place of another.
            guard found <= width else {
                throw .wideTile(coordinate, width: found, expected: width)
            }
            guard found == width else {
                throw .shortTile(coordinate, width: found, needed: width)
            }
            levels[coordinate.level].hashes = tile.hashes
        }
        self.size = size
    }

    private static func levelCount(ofSize size: Int64) -> Int {
        (Int64.bitWidth - size.leadingZeroBitCount + Tile.height - 1) / Tile.height
    }

    package mutating func append(_ leaf: SHA256Digest) {
        size += 1
        var hash = leaf
        var index = 0
        while true {
            if index == levels.count { levels.append(Level(number: 0, hashes: [])) }
            levels[index].hashes.append(hash)
            levels[index].isChanged = true
            guard levels[index].hashes.count == Tile.width else { return }
            // The tile is full, and its root belongs to the level above.
            let tile = Tile(whole: levels[index].hashes)
            fullTiles[TileCoordinate(level: index, number: levels[index].number)] = tile
            levels[index] = Level(number: levels[index].number + 1, hashes: [])
            hash = Self.root(of: tile.hashes[...], startingFrom: nil)
            index += 1
        }
    }

    package var root: SHA256Digest {
        var root: SHA256Digest?
        for level in levels where !level.hashes.isEmpty {
            root = Self.root(of: level.hashes[...], startingFrom: root)
        }
        return root ?? MerkleTree.emptyRoot
    }

    /// The tiles that are new or longer than they were, without those that were taken.
    package var changedTiles: [TileCoordinate: Tile] {
        var changed = fullTiles
        for (index, level) in levels.enumerated() where level.isChanged && !level.hashes.isEmpty {
            changed[TileCoordinate(level: index, number: level.number)] = Tile(
                whole: level.hashes)
        }
        return changed
    }

    /// How many full tiles wait to be taken.
    package var fullTileCount: Int { fullTiles.count }

    /// Hands out the tiles that became full, once, so that a long growth need not keep them.
    package mutating func takeFullTiles() -> [TileCoordinate: Tile] {
        defer { fullTiles.removeAll(keepingCapacity: true) }
        return fullTiles
    }

    /// The root over the hashes of whole subtrees of one size, followed by the root of what is
    /// right of them.
    private static func root(
        of hashes: ArraySlice<SHA256Digest>, startingFrom right: SHA256Digest?
    ) -> SHA256Digest {
        var root = right
        var rest = hashes
        // From the right: the smallest whole subtree first.
        while !rest.isEmpty {
            let count = 1 << rest.count.trailingZeroBitCount
            let subtree = wholeRoot(of: rest.suffix(count))
            root = root.map { MerkleTree.nodeHash(subtree, $0) } ?? subtree
            rest = rest.dropLast(count)
        }
        return root ?? MerkleTree.emptyRoot
    }

    /// The root of as many hashes as a power of two.
    private static func wholeRoot(of hashes: ArraySlice<SHA256Digest>) -> SHA256Digest {
        var row = Array(hashes)
        while row.count > 1 {
            row = stride(from: 0, to: row.count - 1, by: 2).map {
                MerkleTree.nodeHash(row[$0], row[$0 + 1])
            }
        }
        return row.first ?? MerkleTree.emptyRoot
    }
}
