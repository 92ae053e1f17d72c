import GRDB

extension Ledger {
    /// The time of the newest run; a clock that lies before it is wrong, or that run's was.
    package func newestEntry() throws(LedgerError) -> Int64? {
        try read { database in
            try Int64.fetchOne(
                database, sql: "SELECT started_at FROM run ORDER BY number DESC LIMIT 1")
        }
    }

    /// Runs that were cut off after their first commit, oldest first.
    package func unfinishedRuns() throws(LedgerError) -> [RunRecord] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM run WHERE finished_at IS NULL ORDER BY number"
            ).map(RunRecord.init)
        }
    }

    package func runs() throws(LedgerError) -> [RunRecord] {
        try read { try Row.fetchAll($0, sql: "SELECT * FROM run").map(RunRecord.init) }
    }

    package func finishRun(_ number: Int64, at time: Int64) throws(LedgerError) {
        try write { database in
            try database.execute(
                sql: "UPDATE run SET finished_at = ? WHERE number = ? AND finished_at IS NULL",
                arguments: [time, number])
        }
    }
}

extension RunRecord {
    fileprivate init(row: Row) {
        self.init(
            number: row["number"], startedAt: row["started_at"], issuer: row["issuer"],
            kid: row["kid"])
    }
}
