import GRDB

/// The licenses, looked up while drops are judged: inside the transaction that records them, or
/// beside it. It must not be kept.
package struct LicenseIndex {
    let database: Database

    package func license(id: String) throws(LedgerError) -> LicenseRecord? {
        try one("SELECT * FROM license WHERE id = ?", id)
    }

    package func liveLicense(name: String) throws(LedgerError) -> LicenseRecord? {
        try one("SELECT * FROM license WHERE name = ? AND deleted_at IS NULL", name)
    }

    /// Calls `body` with the id of each live license of the customer, until it is false.
    package func forEachLiveLicense(
        of customer: String, _ body: (String) -> Bool
    ) throws(LedgerError) {
        try Ledger.translated {
            let statement = try database.cachedStatement(
                sql: "SELECT id FROM license WHERE customer = ? AND deleted_at IS NULL")
            let ids = try String.fetchCursor(statement, arguments: [customer])
            while let id = try ids.next(), body(id) {}
        }
    }

    /// The drop with these bytes that was accepted, if one was.
    package func acceptedDrop(sha256: [UInt8]) throws(LedgerError) -> DropRecord? {
        try Ledger.translated {
            let statement = try database.cachedStatement(
                sql: "SELECT * FROM drop_file WHERE sha256 = ? AND outcome = 'accepted'")
            return try Row.fetchOne(statement, arguments: [data(sha256)]).map(DropRecord.init)
        }
    }

    private func one(_ sql: String, _ value: String) throws(LedgerError) -> LicenseRecord? {
        try Ledger.translated {
            let statement = try database.cachedStatement(sql: sql)
            return try Row.fetchOne(statement, arguments: [value]).map(LicenseRecord.init)
        }
    }
}

extension Ledger {
    /// One consistent view, for several questions.
    package func consult<Result>(
        _ body: (LicenseIndex) throws(LedgerError) -> Result
    ) throws(LedgerError) -> Result {
        try read { try body(LicenseIndex(database: $0)) }
    }
}
