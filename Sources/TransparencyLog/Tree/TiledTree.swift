package import Signatures

/// A stored tree, and the roots and proofs of all the trees that it has been. It reads the tiles that
/// an answer needs, and keeps those that it used last.
package struct TiledTree<Source: TileSource> {
    package typealias Failure = TreeError<Source.Failure>

    package let size: Int64
    private var source: Source
    private var cache = TileCache()

    /// - Parameter size: how many leaves the source has tiles for.
    package init(size: Int64, source: Source) {
        self.size = size
        self.source = source
    }

    package mutating func root(ofSize size: Int64) throws(Failure) -> SHA256Digest {
        try checkTree(ofSize: size)
        return size == 0 ? MerkleTree.emptyRoot : try hash(of: 0, size)
    }

    /// Shows that the leaf at the index is in the tree of that size.
    package mutating func inclusionProof(
        of index: Int64, inTreeOfSize size: Int64
    ) throws(Failure) -> InclusionProof {
        try checkTree(ofSize: size)
        guard index >= 0, index < size else { throw .noLeaf(index: index, size: size) }
        var path: [SHA256Digest] = []
        var (start, end) = (Int64(0), size)
        while end - start > 1 {
            let middle = start + MerkleTree.leftCount(of: end - start)
            if index < middle {
                path.append(try hash(of: middle, end))
                end = middle
            } else {
                path.append(try hash(of: start, middle))
                start = middle
            }
        }
        return InclusionProof(index: index, treeSize: size, path: path.reversed())
    }

    /// Shows that the tree of the new size begins with all of the tree of the old size.
    package mutating func consistencyProof(
        from old: Int64, to new: Int64
    ) throws(Failure) -> ConsistencyProof {
        try checkTree(ofSize: new)
        guard old >= 0 else { throw .noTree(size: old, limit: size) }
        guard old <= new else { throw .smaller(newSize: new, oldSize: old) }
        var path: [SHA256Digest] = []
        if old > 0 {
            // Down to the last node that both trees have whole.
            var (start, end) = (Int64(0), new)
            while old != end {
                let middle = start + MerkleTree.leftCount(of: end - start)
                if old <= middle {
                    path.append(try hash(of: middle, end))
                    end = middle
                } else {
                    path.append(try hash(of: start, middle))
                    start = middle
                }
            }
            // Where that is the old tree itself, its root is known.
            if start > 0 { path.append(try hash(of: start, end)) }
        }
        return ConsistencyProof(oldSize: old, newSize: new, path: path.reversed())
    }

    private func checkTree(ofSize asked: Int64) throws(Failure) {
        guard asked >= 0, asked <= size else { throw .noTree(size: asked, limit: size) }
    }

    /// The hash of the leaves from `start` up to `end`, where the start is a multiple of a power of two
    /// that is not less than their count.
    private mutating func hash(of start: Int64, _ end: Int64) throws(Failure) -> SHA256Digest {
        let count = end - start
        if count & (count - 1) == 0 {
            let height = count.trailingZeroBitCount
            return try node(height: height, position: start >> Int64(height))
        }
        let middle = start + MerkleTree.leftCount(of: count)
        let left = try hash(of: start, middle)
        return MerkleTree.nodeHash(left, try hash(of: middle, end))
    }

    /// The root of the `position`-th subtree of 2^height leaves.
    private mutating func node(height: Int, position: Int64) throws(Failure) -> SHA256Digest {
        let (level, heightInTile) = height.quotientAndRemainder(dividingBy: Tile.height)
        let nodesPerTile = Int64(Tile.width >> heightInTile)
        let (number, positionInTile) = position.quotientAndRemainder(dividingBy: nodesPerTile)
        let coordinate = TileCoordinate(level: level, number: number)
        if let node = cache.node(
            at: coordinate, height: heightInTile, position: Int(positionInTile))
        {
            return node
        }
        let tile = try load(coordinate)
        let needed = (Int(positionInTile) + 1) << heightInTile
        cache.insert(tile, at: coordinate)
        guard
            let node = cache.node(
                at: coordinate, height: heightInTile, position: Int(positionInTile))
        else { throw .shortTile(coordinate, width: tile.hashes.count, needed: needed) }
        return node
    }

    private mutating func load(_ coordinate: TileCoordinate) throws(Failure) -> Tile {
        let tile: Tile?
        do { tile = try source.tile(at: coordinate) } catch { throw .source(error) }
        guard let tile else { throw .missingTile(coordinate) }
        return tile
    }
}

extension TiledTree: Sendable where Source: Sendable {}
