package import CalendarTime
import Foundation
import GRDB
package import Signatures

extension Ledger {
    /// The latest time among the newest entries of each kind: the last run, its end, and the last
    /// event of keys. A clock that lies before it is wrong, or the one of that entry was.
    ///
    /// Times from before a clock was accepted do not count.
    package func newestTime() throws(LedgerError) -> Timestamp? {
        try read { database in
            try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        WITH accepted (run, key_event) AS (
                          SELECT max(run), max(key_event) FROM clock_acceptance)
                        SELECT max(time) AS time FROM (
                          SELECT started_at AS time FROM run
                           WHERE number = (SELECT max(number) FROM run)
                          UNION ALL SELECT finished_at FROM run
                           WHERE number = (SELECT max(number) FROM run WHERE finished_at IS NOT NULL)
                             AND number >= coalesce((SELECT run FROM accepted), 0)
                          UNION ALL SELECT at FROM key_event
                           WHERE id = (SELECT max(id) FROM key_event)
                             AND id > coalesce((SELECT key_event FROM accepted), 0))
                        """)
            ).flatMap { try Columns($0).optionalTime("time") }
        }
    }

    /// Runs that were cut off after their first commit, oldest first.
    package func unfinishedRuns() throws(LedgerError) -> [RunRecord] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql: "SELECT * FROM run WHERE finished_at IS NULL ORDER BY number")
            ).map(RunRecord.init)
        }
    }

    /// The number of the last run, or the one that the next run's follows on.
    package func lastRunNumber() throws(LedgerError) -> Int64 {
        try read { database in
            try Int64.fetchOne(
                database, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'run'") ?? 0
        }
    }

    /// What a run handled, in the order in which it did: up to so many drops behind the one whose
    /// row has this number.
    package func drops(
        ofRun number: Int64, after row: Int64, limit: Int
    ) throws(LedgerError) -> [(row: Int64, drop: DropRecord)] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql: "SELECT * FROM drop_file WHERE run = ? AND id > ? ORDER BY id LIMIT ?"),
                arguments: [number, row, limit]
            ).map { (try Columns($0).integer("id"), try DropRecord(row: $0)) }
        }
    }

    /// The names under which a run handled its drops.
    package func claims(ofRun number: Int64) throws(LedgerError) -> [[UInt8]] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(sql: "SELECT claim FROM drop_file WHERE run = ?"),
                arguments: [number]
            ).map { try Columns($0).bytes("claim") }
        }
    }

    /// The part of a drop's receipt behind the one of this number, 0 for the first behind the text
    /// that the drop's record has; `nil` where there is none.
    package func receiptPart(
        ofDrop row: Int64, after part: Int64
    ) throws(LedgerError) -> (number: Int64, text: String)? {
        try read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT id, text FROM receipt_part WHERE drop_file = ? AND id > ?
                     ORDER BY id LIMIT 1
                    """)
            return try Row.fetchOne(statement, arguments: [row, part]).map {
                (try Columns($0).integer("id"), try Columns($0).text("text"))
            }
        }
    }

    /// How many licenses a run has created, but for those of some of its drops.
    package func licenseCount(
        ofRun number: Int64, except drops: Set<Int64> = []
    ) throws(LedgerError) -> Int {
        try read { database in
            guard !drops.isEmpty else {
                let count = try database.cachedStatement(
                    sql: "SELECT count(*) FROM license WHERE run = ?")
                return try Int.fetchOne(count, arguments: [number]) ?? 0
            }
            // Counted here, since SQLite would sort a million licenses in memory to group them.
            var count = 0
            let rows = try Int64.fetchCursor(
                database.cachedStatement(sql: "SELECT drop_file FROM license WHERE run = ?"),
                arguments: [number])
            while let drop = try rows.next() {
                if !drops.contains(drop) { count += 1 }
            }
            return count
        }
    }

    /// Those of these digests whose drops were accepted before.
    package func acceptedDigests(
        among digests: [SHA256Digest]
    ) throws(LedgerError) -> Set<SHA256Digest> {
        try withReader { reader throws(LedgerError) in
            var accepted: Set<SHA256Digest> = []
            for digest in digests where try reader.acceptedDrop(digest) != nil {
                accepted.insert(digest)
            }
            return accepted
        }
    }

    /// Those of these claims that the ledger knows.
    package func knownClaims(among claims: [[UInt8]]) throws(LedgerError) -> Set<[UInt8]> {
        try read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM drop_file WHERE claim = ?)")
            return Set(
                try claims.filter {
                    try Bool.fetchOne(statement, arguments: [Data($0)]) ?? false
                })
        }
    }
}
