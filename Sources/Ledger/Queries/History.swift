import Foundation
import GRDB

/// One thing that happened to a license, and the drop that brought it about.
package struct HistoryEntry: Sendable, Hashable {
    package enum Event: Sendable, Hashable {
        case created
        case renamed(from: String, to: String)
        /// `nil` where there was or is none.
        case described(from: String?, to: String?)
        case deleted
        /// In a bundle besides the first one.
        case delivered
    }

    package let event: Event
    package let run: Int64
    /// Seconds since 1970.
    package let time: Int64
    /// The drop's name while it was handled and afterwards.
    package let claim: [UInt8]
    package let sha256: [UInt8]?
}

extension Ledger {
    /// Everything that happened to a license, in order.
    package func history(ofLicense id: String) throws(LedgerError) -> [HistoryEntry] {
        try read { database in
            try Row.fetchAll(database, sql: Self.historyQuery, arguments: [id])
                .map(HistoryEntry.init)
        }
    }

    private static let historyQuery = """
        WITH story (drop_file, place, kind, old, new) AS (
          SELECT drop_file, 0, 'created', NULL, NULL FROM license WHERE id = ?1
          UNION ALL
          SELECT event.drop_file, event.id, kind, old, new
            FROM license JOIN event ON event.license = license.number WHERE license.id = ?1)
        SELECT story.kind, story.old, story.new, drop_file.run, drop_file.claim,
               drop_file.sha256, run.started_at
          FROM story JOIN drop_file ON drop_file.id = story.drop_file
               JOIN run ON run.number = drop_file.run
         ORDER BY story.place
        """
}

extension HistoryEntry {
    fileprivate init(row: Row) throws {
        let digest: Data? = row["sha256"]
        self.init(
            event: try Event(row: row), run: row["run"], time: row["started_at"],
            claim: bytes(row["claim"]), sha256: digest.map(bytes))
    }
}

extension HistoryEntry.Event {
    fileprivate init(row: Row) throws {
        let kind: String = row["kind"]
        switch kind {
        case "created": self = .created
        case "renamed":
            self =
                .renamed(
                    from: try requiredText("old", of: row), to: try requiredText("new", of: row))
        case "described":
            self =
                .described(from: try text("old", of: row), to: try text("new", of: row))
        case "deleted": self = .deleted
        case "delivered": self = .delivered
        default: throw LedgerError.damaged("an event '\(kind)'")
        }
    }
}
