import Signatures

@testable import TransparencyLog

/// Tiles in memory, as a log would store them.
struct StoredTiles: TileSource {
    var tiles: [TileCoordinate: Tile] = [:]
    let reads = Counter()

    /// The tiles of a tree with these leaves.
    init(_ leaves: [SHA256Digest]) {
        var growth = TreeGrowth()
        for leaf in leaves { growth.append(leaf) }
        tiles = growth.changedTiles
    }

    mutating func tile(at coordinate: TileCoordinate) throws(Never) -> Tile? {
        reads.count += 1
        return tiles[coordinate]
    }
}

/// Shared by the copies of a source.
final class Counter {
    var count = 0
}

/// Fails at every tile.
struct BrokenDisk: TileSource {
    struct Failure: Error, Hashable {}

    func tile(at coordinate: TileCoordinate) throws(Failure) -> Tile? { throw Failure() }
}
