import Signatures

/// The tiles that were used last, with what was computed of the nodes above their hashes.
struct TileCache: Sendable {
    /// A proof goes by two tiles of a level at most, and a tree has eight levels at most.
    private static let limit = 24

    private var tiles: [TileCoordinate: Subtree] = [:]
    private var clock = 0

    func width(at coordinate: TileCoordinate) -> Int {
        tiles[coordinate]?.tile.hashes.count ?? 0
    }

    mutating func insert(_ tile: Tile, at coordinate: TileCoordinate) {
        if tiles.count >= Self.limit, let oldest = tiles.min(by: { $0.value.use < $1.value.use }) {
            tiles[oldest.key] = nil
        }
        tiles[coordinate] = Subtree(tile)
    }

    /// The node over the tile's hashes from `position << height` on. The tile must be there and wide
    /// enough.
    mutating func node(
        at coordinate: TileCoordinate, height: Int, position: Int
    ) -> SHA256Digest {
        clock += 1
        tiles[coordinate]?.use = clock
        return tiles[coordinate]?.node(height: height, position: position) ?? MerkleTree.emptyRoot
    }
}

/// A tile and the nodes above its hashes, each computed once.
private struct Subtree: Sendable {
    let tile: Tile
    var use = 0
    private var nodes: [SHA256Digest?] = []

    init(_ tile: Tile) {
        self.tile = tile
    }

    mutating func node(height: Int, position: Int) -> SHA256Digest {
        if height == 0 { return tile.hashes[position] }
        // Numbered from the root, 1, down; the children of node n are 2n and 2n + 1.
        let number = Tile.width >> height + position
        if nodes.isEmpty { nodes = Array(repeating: nil, count: Tile.width) }
        if let known = nodes[number] { return known }
        let hash = MerkleTree.nodeHash(
            node(height: height - 1, position: 2 * position),
            node(height: height - 1, position: 2 * position + 1))
        nodes[number] = hash
        return hash
    }
}
