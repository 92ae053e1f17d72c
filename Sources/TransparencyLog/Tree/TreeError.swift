/// Why a tree cannot answer.
package enum TreeError<Underlying: Error>: Error {
    /// The source of the tiles failed.
    case source(Underlying)
    case missingTile(TileCoordinate)
    /// The tile holds fewer hashes than a tree of its size has there.
    case shortTile(TileCoordinate, width: Int, needed: Int)
    /// The tile holds more hashes than a tree of its size has there.
    case wideTile(TileCoordinate, width: Int, expected: Int)
    /// There is no tree of that size, or it is larger than the one that is stored.
    case noTree(size: Int64, limit: Int64)
    case noLeaf(index: Int64, size: Int64)
    case smaller(newSize: Int64, oldSize: Int64)
}

extension TreeError: Sendable where Underlying: Sendable {}
extension TreeError: Equatable where Underlying: Equatable {}

extension TreeError: CustomStringConvertible {
    /// A sentence, lower case, without a full stop.
    package var description: String {
        switch self {
        case .source(let failure): "\(failure)"
        case .missingTile(let tile): "the tree has no tile \(tile)"
        case .shortTile(let tile, let width, let needed):
            "the tile \(tile) has \(width) hashes where the tree needs \(needed)"
        case .wideTile(let tile, let width, let expected):
            "the tile \(tile) has \(width) hashes where a tree of this size has \(expected)"
        case .noTree(let size, let limit):
            "there is no tree of \(size) entries: the log has trees of 0 to \(limit)"
        case .noLeaf(let index, let size):
            "there is no entry \(index) in a tree of \(size) entries"
        case .smaller(let newSize, let oldSize):
            "a tree of \(newSize) entries cannot follow one of \(oldSize)"
        }
    }
}
