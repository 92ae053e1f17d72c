package import CalendarTime
import GRDB

extension Ledger {
    /// Records bundles as published.
    package func add(_ bundles: [BundleRecord]) throws(LedgerError) {
        try write { database in
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO bundle (run, customer, sha256, published_at) VALUES (?, ?, ?, ?)
                    """)
            for bundle in bundles {
                try statement.execute(
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
            let statement = try database.cachedStatement(
                sql: "UPDATE run SET finished_at = ? WHERE number = ? AND finished_at IS NULL")
            try statement.execute(arguments: [time.secondsSinceEpoch, number])
        }
    }
}
