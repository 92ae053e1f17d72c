import GRDB

/// What an accepted drop does.
package enum Change: Sendable {
    case create(NewLicense)
    case update(LicenseUpdate)
    case delete(license: String)
    /// All live licenses of the customer, those of the same drop and run included.
    case deliver(customer: String)
}

/// New values for what may change of a license.
package struct LicenseUpdate: Sendable {
    package enum Description: Sendable {
        case unchanged
        /// `nil` clears it.
        case changed(to: String?)
    }

    package let license: String
    /// `nil` where it stays as it is.
    package let name: String?
    package let description: Description

    package init(license: String, name: String?, description: Description) {
        self.license = license
        self.name = name
        self.description = description
    }
}

/// Carries out what a drop asks for, inside the transaction that records the drop.
struct ChangeWriter {
    let database: Database
    let run: NewRun
    let runNumber: Int64
    let drop: Int64

    func apply(_ change: Change) throws {
        switch change {
        case .create(let license): try insert(license)
        case .update(let update):
            if let name = update.name { try set("name", "renamed", of: update.license, to: name) }
            if case .changed(let text) = update.description {
                try set("description", "described", of: update.license, to: text)
            }
        case .delete(let license): try set("deleted_at", "deleted", of: license, to: run.startedAt)
        case .deliver(let customer): try deliver(to: customer)
        }
    }

    private func insert(_ license: NewLicense) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO license (id, name, customer, description, not_before, expires_at,
                                     issued_at, kid, run, drop_file, token, token_sha256)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(
            arguments: [
                license.id, license.name, license.customer, license.description,
                license.notBefore, license.expiresAt, run.startedAt, run.kid, runNumber, drop,
                license.token, data(license.tokenSHA256),
            ])
    }

    /// The old value goes into the history first; where nothing changes, nothing is recorded.
    private func set(
        _ column: String, _ kind: String, of license: String,
        to value: (any DatabaseValueConvertible)?
    ) throws {
        let record = try database.cachedStatement(
            sql: """
                INSERT INTO event (license, drop_file, kind, old, new)
                SELECT number, ?1, ?2, \(column), ?3 FROM license
                 WHERE id = ?4 AND deleted_at IS NULL AND \(column) IS NOT ?3
                """)
        try record.execute(arguments: [drop, kind, value, license])
        let update = try database.cachedStatement(
            sql: "UPDATE license SET \(column) = ?1 WHERE id = ?2 AND deleted_at IS NULL")
        try update.execute(arguments: [value, license])
        guard database.changesCount == 1 else {
            throw LedgerError.contradiction("there is no live license \(license)")
        }
    }

    private func deliver(to customer: String) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO event (license, drop_file, kind)
                SELECT number, ?1, 'delivered' FROM license
                 WHERE customer = ?2 AND deleted_at IS NULL ORDER BY number
                ON CONFLICT DO NOTHING
                """)
        try statement.execute(arguments: [drop, customer])
    }
}
