import GRDB

extension Ledger {
    /// What a run issued to a customer, in the order in which it was asked for.
    package func licenses(
        ofRun number: Int64, customer: String
    ) throws(LedgerError) -> [LicenseRecord] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM license WHERE run = ? AND customer = ? ORDER BY number",
                arguments: [number, customer]
            ).map(LicenseRecord.init)
        }
    }

    package func licenseCount(ofRun number: Int64) throws(LedgerError) -> Int {
        try read { database in
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM license WHERE run = ?", arguments: [number])
                ?? 0
        }
    }

    package func license(id: String) throws(LedgerError) -> LicenseRecord? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT * FROM license WHERE id = ?", arguments: [id]
            ).map(LicenseRecord.init)
        }
    }

    /// The live license of this name.
    package func license(name: String) throws(LedgerError) -> LicenseRecord? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT * FROM license WHERE name = ? AND deleted_at IS NULL",
                arguments: [name]
            ).map(LicenseRecord.init)
        }
    }

    /// Calls `body` with each license, oldest first, without holding them all, until it is false.
    package func forEachLicense(
        customer: String? = nil, _ body: (LicenseRecord) -> Bool
    ) throws(LedgerError) {
        try read { database in
            let filter = customer == nil ? "" : "WHERE customer = ?"
            let rows = try Row.fetchCursor(
                database, sql: "SELECT * FROM license \(filter) ORDER BY number",
                arguments: customer.map { [$0] } ?? [])
            while let row = try rows.next(), body(LicenseRecord(row: row)) {}
        }
    }
}

extension LicenseRecord {
    init(row: Row) {
        self.init(
            id: row["id"], name: row["name"], customer: row["customer"],
            description: row["description"], notBefore: row["not_before"],
            expiresAt: row["expires_at"], issuedAt: row["issued_at"], deletedAt: row["deleted_at"],
            kid: row["kid"], run: row["run"], token: row["token"])
    }
}
