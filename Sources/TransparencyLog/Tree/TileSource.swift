/// Where the tiles of a tree are kept.
package protocol TileSource {
    associatedtype Failure: Error

    /// The tile as it is stored now, or `nil` where there is none. It may be wider than the tree
    /// that is asked about needs.
    mutating func tile(at coordinate: TileCoordinate) throws(Failure) -> Tile?
}
