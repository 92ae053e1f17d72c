import Foundation
import GRDB

extension Ledger {
    package func licenseCount(ofRun number: Int64) throws(LedgerError) -> Int {
        try read { database in
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM license WHERE run = ?", arguments: [number])
                ?? 0
        }
    }
}

extension LicenseRecord {
    init(row: Row) {
        self.init(
            id: row["id"], name: row["name"], customer: row["customer"],
            description: row["description"], notBefore: row["not_before"],
            expiresAt: row["expires_at"], issuedAt: row["issued_at"], deletedAt: row["deleted_at"],
            kid: row["kid"], run: row["run"], token: row["token"],
            tokenSHA256: (row["token_sha256"] as Data?).map(bytes))
    }
}
