import GRDB
package import TransparencyLog

/// The tiles that the ledger keeps.
package struct LogTiles: TileSource {
    let database: Database

    package func tile(
        at place: TileCoordinate
    ) throws(LedgerError.Reason) -> Tile? {
        let bytes: [UInt8]
        do {
            let statement = try database.cachedStatement(
                sql: "SELECT hashes FROM log_tile WHERE level = ? AND number = ?")
            let row = try Row.fetchOne(statement, arguments: [place.level, place.number])
            guard let row else { return nil }
            bytes = try Columns(row).bytes("hashes")
        } catch {
            throw LedgerError.Reason(error)
        }
        guard let tile = Tile(bytes: bytes) else {
            throw .damaged("\(place) of the log is no tile")
        }
        return tile
    }
}
