import GRDB

extension Ledger {
    /// What is wrong between the log, its tree and the records that it speaks of. Empty where all
    /// is well.
    package func logFaults(upTo limit: Int) throws(LedgerError) -> [String] {
        var comparison = try read { try LogComparison(in: $0, upTo: limit) }
        var next: Int64? = 0
        while let number = next {
            next = try read { try comparison.compare(entriesFrom: number, in: $0) }
        }
        try read { try comparison.finish(in: $0) }
        return comparison.faults
            + (try runsWithoutHead(after: comparison.lastRunBefore, limit: limit))
    }

    /// Runs of the time of the log that were finished without a head.
    private func runsWithoutHead(
        after run: Int64, limit: Int
    ) throws(LedgerError) -> [String] {
        try read { database in
            try Int64.fetchAll(
                database,
                sql: """
                    SELECT number FROM run
                     WHERE finished_at IS NOT NULL AND number > ?
                       AND number IN (SELECT run FROM drop_file WHERE outcome = 'accepted')
                       AND number NOT IN (SELECT run FROM log_head WHERE run IS NOT NULL)
                     ORDER BY number LIMIT ?
                    """, arguments: [run, limit]
            ).map { "run \($0): the head of the log that was signed for it is gone" }
        }
    }
}
