import GRDB
package import LicenseToken
package import Signatures

/// Looks records up while a drop is judged: in the transaction that records it, or in one
/// consistent view. It is of use only while the closure that was given it runs.
package struct LedgerReader {
    let database: Database
    let path: String

    package func license(_ id: LicenseID) throws(LedgerError) -> LicenseRecord? {
        try license("license.id = ?", id.description)
    }

    package func liveLicense(named name: String) throws(LedgerError) -> LicenseRecord? {
        try license("license.name = ? AND license.deleted_at IS NULL", name)
    }

    package func liveLicenseID(named name: String) throws(LedgerError) -> LicenseID? {
        try translating {
            let statement = try database.cachedStatement(
                sql: "SELECT id FROM license WHERE name = ? AND deleted_at IS NULL")
            return try Row.fetchOne(statement, arguments: [name]).map {
                try Columns($0).licenseID("id")
            }
        }
    }

    /// The licenses that follow this one, and those that follow them, the nearest first: so many at
    /// most.
    package func successors(
        of id: LicenseID
    ) throws(LedgerError) -> [(id: LicenseID, isLive: Bool)] {
        try translating {
            let statement = try database.cachedStatement(
                sql: """
                    WITH RECURSIVE successor (number) AS (
                      SELECT number FROM license
                       WHERE supersedes = (SELECT number FROM license WHERE id = ?)
                      UNION
                      SELECT license.number
                        FROM successor JOIN license ON license.supersedes = successor.number)
                    SELECT id, deleted_at IS NULL AS is_live
                      FROM successor JOIN license ON license.number = successor.number LIMIT 1000
                    """)
            return try Row.fetchAll(statement, arguments: [id.description]).map {
                (try Columns($0).licenseID("id"), try Columns($0).integer("is_live") == 1)
            }
        }
    }

    /// Whether anything was ever issued to a customer.
    package func hasLicense(ofCustomer customer: String) throws(LedgerError) -> Bool {
        try translating {
            let statement = try database.cachedStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM license WHERE customer = ?)")
            return try Bool.fetchOne(statement, arguments: [customer]) ?? false
        }
    }

    /// How many live licenses a customer has.
    package func liveLicenseCount(of customer: String) throws(LedgerError) -> Int {
        try translating {
            let statement = try database.cachedStatement(
                sql: "SELECT count(*) FROM license WHERE customer = ? AND deleted_at IS NULL")
            return try Int.fetchOne(statement, arguments: [customer]) ?? 0
        }
    }

    /// The drop with these bytes that was accepted, if one was.
    package func acceptedDrop(_ digest: SHA256Digest) throws(LedgerError) -> DropRecord? {
        try translating {
            let statement = try database.cachedStatement(
                sql: "SELECT * FROM drop_file WHERE sha256 = ? AND outcome = 'accepted'")
            return try Row.fetchOne(statement, arguments: [digest.blob]).map(DropRecord.init)
        }
    }

    private func license(
        _ condition: String, _ value: String
    ) throws(LedgerError) -> LicenseRecord? {
        try translating {
            let statement = try database.cachedStatement(
                sql: "\(LicenseRecord.selection) WHERE \(condition)")
            return try Row.fetchOne(statement, arguments: [value]).map {
                try LicenseRecord(row: $0)
            }
        }
    }

    func translating<Result>(_ body: () throws -> Result) throws(LedgerError) -> Result {
        try LedgerError.translating(at: path, body)
    }
}
