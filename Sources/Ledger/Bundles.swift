import Foundation
import GRDB

extension Ledger {
    /// Customers to whom a run issued something and whose bundle is not yet recorded, sorted.
    package func unpublishedCustomers(ofRun number: Int64) throws(LedgerError) -> [String] {
        try read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT customer FROM license WHERE run = ?1
                    EXCEPT SELECT customer FROM bundle WHERE run = ?1
                    ORDER BY customer
                    """, arguments: [number])
        }
    }

    package func add(_ bundles: [BundleRecord]) throws(LedgerError) {
        try write { database in
            for bundle in bundles {
                try database.execute(
                    sql: """
                        INSERT INTO bundle (run, customer, sha256, published_at)
                        VALUES (?, ?, ?, ?)
                        """,
                    arguments: [
                        bundle.run, bundle.customer, data(bundle.sha256), bundle.publishedAt,
                    ])
            }
        }
    }

    /// Customers whose bundles of this run are recorded, sorted.
    package func publishedCustomers(ofRun number: Int64) throws(LedgerError) -> [String] {
        try read { database in
            try String.fetchAll(
                database, sql: "SELECT customer FROM bundle WHERE run = ? ORDER BY customer",
                arguments: [number])
        }
    }

    /// Every bundle that was published, in the order of runs.
    package func bundles() throws(LedgerError) -> [BundleRecord] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM bundle ORDER BY run, customer")
                .map { row in
                    BundleRecord(
                        run: row["run"], customer: row["customer"], sha256: bytes(row["sha256"]),
                        publishedAt: row["published_at"])
                }
        }
    }

    /// Runs whose bundles carry what this run issued to the customer.
    package func bundleRuns(run: Int64, customer: String) throws(LedgerError) -> [Int64] {
        try read { database in
            try Int64.fetchAll(
                database, sql: "SELECT run FROM bundle WHERE run = ? AND customer = ?",
                arguments: [run, customer])
        }
    }
}
