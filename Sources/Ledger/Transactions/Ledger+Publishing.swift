package import CalendarTime
import GRDB

extension Ledger {
    /// Records bundles as published.
    package func add(_ bundles: [BundleRecord]) throws(LedgerError) {
        try write { database in
            for bundle in bundles {
                try database.execute(
                    sql: """
                        INSERT INTO bundle (run, customer, sha256, published_at)
                        VALUES (?, ?, ?, ?)
                        """,
                    arguments: [
                        bundle.run, bundle.customer, bundle.digest.blob,
                        bundle.publishedAt.secondsSinceEpoch,
                    ])
            }
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
