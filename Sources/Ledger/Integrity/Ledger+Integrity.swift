package import Bundles
import GRDB
package import Signatures

extension Ledger {
    /// What SQLite itself finds wrong with the file: damaged pages, indexes that differ from their
    /// tables, references to what is not there. Empty where all is well.
    package func integrityFailures() throws(LedgerError) -> [String] {
        try read { database in
            let pages = try String.fetchAll(database, sql: "PRAGMA integrity_check")
            let references = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check")
            return pages.filter { $0 != "ok" }
                + references.map { row in
                    let table: String = row["table"]
                    let parent: String = row["parent"]
                    return "a row of \(table) refers to one of \(parent) that is not there"
                }
        }
    }

    /// Whether tables, indexes and triggers are those that this version makes.
    package func hasOwnSchema() throws(LedgerError) -> Bool {
        let pristine = try Ledger.inMemory()
        return try schema() == pristine.schema()
    }

    private func schema() throws(LedgerError) -> Set<String?> {
        try read { try String?.fetchSet($0, sql: "SELECT sql FROM sqlite_schema") }
    }

    /// Finished runs that had something for a customer and have no record of that bundle, or have
    /// a record of one and had nothing.
    package func runsWithWrongBundles() throws(LedgerError) -> [Int64] {
        let contents = Self.contents()
        return try read { database in
            try Int64.fetchAll(
                database,
                sql: """
                    SELECT run FROM (
                      SELECT content.run, customer FROM (\(contents)) AS content
                        JOIN run ON run.number = content.run WHERE finished_at IS NOT NULL
                      EXCEPT SELECT run, customer FROM bundle)
                    UNION SELECT run FROM (
                      SELECT run, customer FROM bundle
                      EXCEPT SELECT run, customer FROM (\(contents)))
                    ORDER BY 1
                    """)
        }
    }

    /// The digest of a published bundle; `nil` where none of this name was.
    package func publishedDigest(of bundle: BundleName) throws(LedgerError) -> SHA256Digest? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT sha256 FROM bundle WHERE run = ? AND customer = ?",
                arguments: [bundle.run, bundle.customer]
            ).map { try Columns($0).digest("sha256") }
        }
    }

    /// How many drops were not accepted and yet have taken effect.
    package func refusedDropsWithEffect() throws(LedgerError) -> Int {
        try read { database in
            try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM drop_file
                     WHERE outcome <> 'accepted'
                       AND (id IN (SELECT drop_file FROM license)
                            OR id IN (SELECT drop_file FROM event))
                    """) ?? 0
        }
    }

    /// How many drops have a receipt that is not theirs.
    package func dropsWithForeignReceipt() throws(LedgerError) -> Int {
        try read { database in
            try Int.fetchOne(
                database,
                sql: """
                    WITH drop_file AS (
                      SELECT run, sha256, outcome,
                             CASE WHEN id IN (SELECT drop_file FROM receipt_part)
                                  THEN receipt || ']}' ELSE receipt END AS receipt
                        FROM main.drop_file)
                    SELECT count(*) FROM drop_file
                     WHERE CASE WHEN json_valid(receipt)
                                THEN json_extract(receipt, '$.outcome') IS NOT outcome
                                  OR json_extract(receipt, '$.run') IS NOT run
                                  OR json_extract(receipt, '$.sha256') IS NOT lower(hex(sha256))
                                     AND sha256 IS NOT NULL
                                ELSE 1 END
                    """) ?? 0
        }
    }

    /// Keys whose state is not what was last done with them.
    package func keysOutOfStep() throws(LedgerError) -> [String] {
        try read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT kid FROM key WHERE state IS NOT (
                      SELECT CASE event WHEN 'activated' THEN 'active' WHEN 'retired' THEN 'retired'
                                        ELSE 'standby' END
                        FROM key_event WHERE kid = key.kid ORDER BY id DESC LIMIT 1)
                    """)
        }
    }

    /// Numbers that were given and are there no longer, of runs and of licenses: both count up
    /// without leaving one out, but for the runs that a fork leaves out.
    package func gaps() throws(LedgerError) -> [String] {
        try read { database in
            try ["run", "license"].flatMap { table in
                let rows = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT before + 1 AS first, number - 1 AS last
                          FROM (SELECT number, lag(number, 1, 0) OVER (ORDER BY number) AS before
                                  FROM \(table))
                         WHERE number > before + 1
                           AND ('\(table)' <> 'run'
                                OR number NOT IN (SELECT first_run FROM log_origin))
                         LIMIT 10
                        """)
                return try rows.map { row in
                    let columns = Columns(row)
                    let (first, last) = (
                        try columns.integer("first"), try columns.integer("last")
                    )
                    return first == last
                        ? "\(table) number \(first) is missing"
                        : "\(table) numbers \(first) to \(last) are missing"
                }
            }
        }
    }

    /// Whether the next run gets the number after the last one's.
    package func numbersGoOn() throws(LedgerError) -> Bool {
        try read { database in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'run'), 0)
                           = max(coalesce((SELECT max(number) FROM run), 0),
                                 coalesce((SELECT max(first_run) - 1 FROM log_origin), 0))
                    """) ?? false
        }
    }

    /// Licenses whose history does not lead, value by value, to what their record says now.
    package func licensesWithBrokenHistory() throws(LedgerError) -> [String] {
        try read { try String.fetchAll($0, sql: Self.brokenHistories) }
    }

    /// Each old value must be the new one of the event before it, and the last new one the
    /// license's own; a license without a record of its deletion must be live, and one with it was
    /// deleted at the time of its run.
    private static let brokenHistories = """
        WITH change (license, new, next) AS (
          SELECT event.license, new,
                 CASE WHEN lead(event.id) OVER following IS NOT NULL
                        THEN lead(old) OVER following
                      WHEN kind = 'renamed' THEN name
                      WHEN kind = 'described' THEN description
                      ELSE deleted_at END
            FROM event JOIN license ON license.number = event.license
           WHERE kind <> 'delivered'
          WINDOW following AS (PARTITION BY event.license, kind ORDER BY event.id))
        SELECT license.id FROM license JOIN change ON change.license = license.number
         WHERE change.new IS NOT change.next
        UNION
        SELECT license.id FROM license
         WHERE deleted_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM event WHERE event.license = license.number AND kind = 'deleted')
        UNION
        SELECT license.id FROM event JOIN license ON license.number = event.license
          JOIN drop_file ON drop_file.id = event.drop_file JOIN run ON run.number = drop_file.run
         WHERE kind = 'deleted' AND new IS NOT started_at
        """
}
