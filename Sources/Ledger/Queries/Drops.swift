import Foundation
import GRDB

extension Ledger {
    /// Everything a run handled, in the order in which it did.
    package func drops(ofRun number: Int64) throws(LedgerError) -> [DropRecord] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM drop_file WHERE run = ? ORDER BY id",
                arguments: [number]
            ).map(DropRecord.init)
        }
    }
}

extension DropRecord {
    init(row: Row) throws {
        guard let outcome = Outcome(rawValue: row["outcome"]) else {
            throw LedgerError.damaged("a drop with an unknown outcome")
        }
        let digest: Data? = row["sha256"]
        self.init(
            run: row["run"], claim: bytes(row["claim"]), sha256: digest.map(bytes),
            outcome: outcome, receipt: row["receipt"])
    }
}
