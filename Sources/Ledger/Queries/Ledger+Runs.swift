package import CalendarTime
import GRDB
package import Signing

extension Ledger {
    /// The time of the newest run; a clock that lies before it is wrong, or that run's was.
    package func newestRunTime() throws(LedgerError) -> Timestamp? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT started_at FROM run ORDER BY number DESC LIMIT 1"
            ).map { try Columns($0).time("started_at") }
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

    /// Everything a run handled, in the order in which it did.
    package func drops(ofRun number: Int64) throws(LedgerError) -> [DropRecord] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM drop_file WHERE run = ? ORDER BY id",
                arguments: [number]
            ).map(DropRecord.init)
        }
    }

    package func licenseCount(ofRun number: Int64) throws(LedgerError) -> Int {
        try read { database in
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM license WHERE run = ?", arguments: [number])
                ?? 0
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

    /// The run needs no further work: its bundles and receipts are where they belong.
    package func finishRun(_ number: Int64, at time: Timestamp) throws(LedgerError) {
        try write { database in
            try database.execute(
                sql: "UPDATE run SET finished_at = ? WHERE number = ? AND finished_at IS NULL",
                arguments: [time.secondsSinceEpoch, number])
        }
    }
}
