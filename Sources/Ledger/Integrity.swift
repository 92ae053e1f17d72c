import GRDB

extension Ledger {
    /// What SQLite itself finds wrong with the file: damaged pages, indexes that differ from their
    /// tables, references to what is not there. Empty where all is well.
    package func damages() throws(LedgerError) -> [String] {
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

    /// Finished runs that issued something to a customer and have no record of that bundle, or
    /// have a record of one and issued nothing.
    package func runsWithWrongBundles() throws(LedgerError) -> [Int64] {
        try read { database in
            try Int64.fetchAll(
                database,
                sql: """
                    SELECT run FROM (
                      SELECT DISTINCT license.run, customer FROM license
                        JOIN run ON run.number = license.run WHERE finished_at IS NOT NULL
                      EXCEPT SELECT run, customer FROM bundle)
                    UNION SELECT run FROM (
                      SELECT run, customer FROM bundle EXCEPT SELECT run, customer FROM license)
                    ORDER BY 1
                    """)
        }
    }

    /// How many drops were not accepted and yet have licenses.
    package func refusedDropsWithLicenses() throws(LedgerError) -> Int {
        try read { database in
            try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM drop_file
                     WHERE outcome <> 'accepted'
                       AND id IN (SELECT drop_file FROM license)
                    """) ?? 0
        }
    }
}
