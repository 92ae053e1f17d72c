import Foundation
import GRDB
import Signatures
import TransparencyLog

/// The end of the log, to which one transaction appends.
///
/// It is read when the first entry comes, so that transactions without one cost nothing. Tiles are
/// written when the transaction ends, or when there are many.
final class LogAppender {
    /// From so many full tiles on, they are written before the transaction ends.
    private static let drainingCount = 256

    private let database: Database
    private var growth: TreeGrowth?

    init(_ database: Database) {
        self.database = database
    }

    /// - Returns: the entry's number, which counts from 0.
    @discardableResult
    func append(_ text: String) throws -> Int64 {
        var growth = try takeGrowth()
        let number = growth.size
        let statement = try database.cachedStatement(
            sql: "INSERT INTO log_entry (number, text) VALUES (?, ?)")
        try statement.execute(arguments: [number, text])
        growth.append(MerkleTree.leafHash(text.utf8))
        if growth.fullTileCount >= Self.drainingCount { try write(growth.takeFullTiles()) }
        self.growth = growth
        return number
    }

    /// The number of entries, and the root of the tree over them.
    func state() throws -> (size: Int64, root: SHA256Digest) {
        let growth = try takeGrowth()
        defer { self.growth = growth }
        return (growth.size, growth.root)
    }

    /// Writes what has changed of the tree.
    func flush() throws {
        guard let growth = growth.take() else { return }
        try write(growth.changedTiles)
    }

    private func takeGrowth() throws -> TreeGrowth {
        if let growth = growth.take() { return growth }
        var tiles = LogTiles(database: database)
        let size = try Self.size(in: database)
        do throws(TreeError<LedgerError.Reason>) {
            return try TreeGrowth(size: size, from: &tiles)
        } catch {
            throw LedgerError.Reason(error)
        }
    }

    private func write(_ tiles: [TileCoordinate: Tile]) throws {
        let update = try database.cachedStatement(
            sql: "UPDATE log_tile SET hashes = ?3 WHERE level = ?1 AND number = ?2")
        let insert = try database.cachedStatement(
            sql: "INSERT INTO log_tile (level, number, hashes) VALUES (?1, ?2, ?3)")
        for (place, tile) in tiles {
            let values: StatementArguments = [place.level, place.number, Data(tile.bytes)]
            try update.execute(arguments: values)
            if database.changesCount == 0 { try insert.execute(arguments: values) }
        }
    }

    static func size(in database: Database) throws -> Int64 {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT coalesce(max(number), -1) + 1 FROM log_entry"))
            ?? 0
    }
}
