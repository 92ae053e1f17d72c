import GRDB
import Signatures
import TransparencyLog

/// Builds the tree over the log's entries anew, and holds the kept tiles and the signed heads
/// against it.
struct LogTreeCheck {
    private static let portion = 64

    private let size: Int64
    private var growth = TreeGrowth()
    private var heads: LogHeadCheck
    private var isGapReported = false

    init(in database: Database, upTo size: Int64) throws {
        self.size = size
        heads = try LogHeadCheck(in: database, upTo: size)
    }

    mutating func append(
        _ text: [UInt8], number: Int64, in database: Database
    ) throws -> [String] {
        guard number == growth.size else {
            // From there on every entry stands at another place than it has in the tree.
            defer { isGapReported = true }
            return isGapReported ? [] : ["entry \(growth.size) of the log is missing"]
        }
        growth.append(MerkleTree.leafHash(text))
        var faults = try heads.faults(ofHeadAt: growth.size, root: growth.root, in: database)
        if growth.fullTileCount >= Self.portion {
            faults += try Self.compare(growth.takeFullTiles(), in: database)
        }
        return faults
    }

    mutating func finish(in database: Database) throws -> [String] {
        var faults = try Self.compare(growth.changedTiles, in: database)
        if growth.size != size, !isGapReported {
            faults.append("the log ends after \(growth.size) entries")
        }
        faults += try LogHeadCheck.faultsOfLargerHeads(in: database)
        faults += try heads.faultsOfOrigins(in: database)
        return faults + (try Self.foreignTiles(in: database))
    }

    /// Tiles behind the tree's end, in one view of tree and tiles.
    private static func foreignTiles(in database: Database) throws -> [String] {
        let size = try LogAppender.size(in: database)
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT level, number FROM log_tile
                 WHERE level NOT BETWEEN 0 AND 7 OR number < 0
                    OR number >= ((?1 >> (8 * level)) + 255) / 256
                 ORDER BY level, number LIMIT 10
                """, arguments: [size])
        return try rows.map { row in
            let columns = Columns(row)
            return "a tile of level \(try columns.integer("level")) with the number "
                + "\(try columns.integer("number")) is none of the log's tree: somebody has put it there"
        }
    }

    /// A kept tile may be longer, where entries came while this was at work.
    private static func compare(
        _ tiles: [TileCoordinate: Tile], in database: Database
    ) throws -> [String] {
        let kept = LogTiles(database: database)
        var faults: [String] = []
        for (place, tile) in tiles.sorted(by: {
            ($0.key.level, $0.key.number) < ($1.key.level, $1.key.number)
        }) {
            let found = try kept.tile(at: place)
            guard let found, found.hashes.starts(with: tile.hashes) else {
                faults.append(
                    "\(place) of the log is not what its entries make: it or one of them was altered"
                )
                continue
            }
        }
        return faults
    }
}
