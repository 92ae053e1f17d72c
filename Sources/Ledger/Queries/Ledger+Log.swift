package import Bundles
import Foundation
import GRDB
package import TransparencyLog

extension Ledger {
    /// How many entries the log has.
    package func logSize() throws(LedgerError) -> Int64 {
        try read { try LogAppender.size(in: $0) }
    }

    /// Entries in their order, from a number on.
    package func logEntries(
        from number: Int64, limit: Int
    ) throws(LedgerError) -> [String] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql: "SELECT text FROM log_entry WHERE number >= ? ORDER BY number LIMIT ?"),
                arguments: [number, limit]
            ).map { try Columns($0).text("text") }
        }
    }

    /// A tile as it is now, which may be wider than that of a head.
    package func logTile(at place: TileCoordinate) throws(LedgerError) -> Tile? {
        try read { try LogTiles(database: $0).tile(at: place) }
    }

    /// The names under which heads were signed, in their order.
    package func logOrigins() throws(LedgerError) -> [LogOriginRecord] {
        try read { try LogOrigins(database: $0).all() }
    }

    /// The name under which the first head is going to be signed, where there is none yet.
    package func firstLogOrigin(issuer: String) throws(LedgerError) -> String {
        try read { try LogOrigins(database: $0).first(issuer: issuer) }
    }

    /// What happened to the station as a whole, in order.
    package func stationEvents(
        _ kind: StationEventRecord.Kind? = nil
    ) throws(LedgerError) -> [StationEventRecord] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql: "SELECT * FROM station_event WHERE ?1 IS NULL OR what = ?1 ORDER BY id"),
                arguments: [kind?.rawValue]
            ).map(StationEventRecord.init)
        }
    }

    /// Whether a backup was restored after so many entries had been made.
    package func wasRestored(afterEntry number: Int64) throws(LedgerError) -> Bool {
        try read { database in
            try Bool.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM log_entry
                                        WHERE number >= ?1
                                          AND text ->> 'type' = 'policy'
                                          AND text ->> 'what' = ?2)
                        """),
                arguments: [number, StationEventRecord.Kind.restored.rawValue]) ?? false
        }
    }

    /// Whether a run has accepted drops that no head of the log covers yet.
    package func needsHead(_ run: RunRecord) throws(LedgerError) -> Bool {
        try withReader { reader throws(LedgerError) in try reader.needsHead(run) }
    }

    package func newestHead() throws(LedgerError) -> LogHeadRecord? {
        try head("ORDER BY size DESC LIMIT 1")
    }

    package func head(ofRun run: Int64) throws(LedgerError) -> LogHeadRecord? {
        try head("WHERE run = ?", [run])
    }

    package func head(ofSize size: Int64) throws(LedgerError) -> LogHeadRecord? {
        try head("WHERE size = ?", [size])
    }

    private func head(
        _ condition: String, _ arguments: StatementArguments = []
    ) throws(LedgerError) -> LogHeadRecord? {
        try read { database in
            try Row.fetchOne(
                database.cachedStatement(sql: "SELECT * FROM log_head \(condition)"),
                arguments: arguments
            ).map(LogHeadRecord.init)
        }
    }

    /// The entry of a bundle with its number; `nil` for one from before the log.
    package func entry(
        ofBundle name: BundleName
    ) throws(LedgerError) -> (number: Int64, text: [UInt8])? {
        try read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT number, text FROM bundle_entry JOIN log_entry ON number = entry
                     WHERE run = ? AND customer = ?
                    """)
            return try Row.fetchOne(statement, arguments: [name.run, name.customer]).map {
                (try Columns($0).integer("number"), Array(try Columns($0).text("text").utf8))
            }
        }
    }

    /// Works with the tree over the entries, in one consistent view.
    ///
    /// - Throws: where a tile is missing or too short, that the ledger is damaged.
    package func withLogTree<Result>(
        _ body: (inout TiledTree<LogTiles>) throws(TreeError<LedgerError.Reason>) -> Result
    ) throws(LedgerError) -> Result {
        try read { database in
            var tree = TiledTree(
                size: try LogAppender.size(in: database), source: LogTiles(database: database))
            do throws(TreeError<LedgerError.Reason>) {
                return try body(&tree)
            } catch {
                if case .source(let reason) = error { throw reason }
                throw LedgerError.Reason.damaged("its log: \(error)")
            }
        }
    }
}

extension LedgerReader {
    func needsHead(_ run: RunRecord) throws(LedgerError) -> Bool {
        try translating {
            let statement = try database.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM drop_file WHERE run = ?1 AND outcome = 'accepted')
                       AND NOT EXISTS (SELECT 1 FROM log_head WHERE run = ?1)
                    """)
            return try Bool.fetchOne(statement, arguments: [run.number]) ?? false
        }
    }
}
