import Foundation
import GRDB

extension Ledger {
    /// The drop with these bytes that was accepted, if one was.
    package func acceptedDrop(sha256: [UInt8]) throws(LedgerError) -> DropRecord? {
        try read { try Self.accepted(sha256, $0) }
    }

    static func accepted(_ sha256: [UInt8], _ database: Database) throws -> DropRecord? {
        let statement = try database.cachedStatement(
            sql: "SELECT * FROM drop_file WHERE sha256 = ? AND outcome = 'accepted'")
        return try Row.fetchOne(statement, arguments: [data(sha256)]).map(DropRecord.init)
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
}

extension DropRecord {
    fileprivate init(row: Row) throws {
        guard let outcome = Outcome(rawValue: row["outcome"]) else {
            throw LedgerError.damaged("a drop with an unknown outcome")
        }
        let digest: Data? = row["sha256"]
        self.init(
            run: row["run"], claim: bytes(row["claim"]), sha256: digest.map(bytes),
            outcome: outcome, receipt: row["receipt"])
    }
}
