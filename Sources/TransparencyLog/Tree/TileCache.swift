import Signatures

/// The tiles that were read last, a few of each level, with what was computed of the nodes above
/// their hashes.
struct TileCache: Sendable {
    /// A proof goes by two tiles of a level at most: the leaf's, or the old tree's last one, and the
    /// new tree's last one.
    private static let tilesPerLevel = 4

    /// By level, the oldest first.
    private var levels: [[Subtree]] = []

    /// The node over the tile's hashes from `position << height` on; `nil` where that tile is not
    /// here, or not with so many hashes.
    mutating func node(
        at coordinate: TileCoordinate, height: Int, position: Int
    ) -> SHA256Digest? {
        guard coordinate.level < levels.count else { return nil }
        for index in levels[coordinate.level].indices
        where levels[coordinate.level][index].number == coordinate.number {
            return levels[coordinate.level][index].node(height: height, position: position)
        }
        return nil
    }

    mutating func insert(_ tile: Tile, at coordinate: TileCoordinate) {
        while levels.count <= coordinate.level { levels.append([]) }
        levels[coordinate.level].removeAll { $0.number == coordinate.number }
        if levels[coordinate.level].count == Self.tilesPerLevel {
            levels[coordinate.level].removeFirst()
        }
        levels[coordinate.level].append(Subtree(tile, number: coordinate.number))
    }
}

/// A tile and the nodes above its hashes, each computed once.
private struct Subtree: Sendable {
    let number: Int64
    private let tile: Tile
    private var nodes: [SHA256Digest?] = []

    init(_ tile: Tile, number: Int64) {
        self.tile = tile
        self.number = number
    }

    /// `nil` where the tile does not have all the hashes under the node.
    mutating func node(height: Int, position: Int) -> SHA256Digest? {
        guard (position + 1) << height <= tile.hashes.count else { return nil }
        if height == 0 { return tile.hashes[position] }
        // Numbered from the root, 1, down; the children of node n are 2n and 2n + 1.
        let index = Tile.width >> height + position
        if nodes.isEmpty { nodes = Array(repeating: nil, count: Tile.width) }
        if let known = nodes[index] { return known }
        guard let left = node(height: height - 1, position: 2 * position),
            let right = node(height: height - 1, position: 2 * position + 1)
        else { return nil }
        nodes[index] = MerkleTree.nodeHash(left, right)
        return nodes[index]
    }
}
