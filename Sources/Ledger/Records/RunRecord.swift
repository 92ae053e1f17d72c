package import CalendarTime
import GRDB
package import LicenseToken

/// A row of `run`, as it was when the run's first drops were committed.
package struct RunRecord: Sendable, Hashable {
    package let number: Int64
    package let startedAt: Timestamp
    package let issuer: String
    /// The key that signs the run's tokens and bundles.
    package let kid: KeyID

    init(number: Int64, startedAt: Timestamp, issuer: String, kid: KeyID) {
        self.number = number
        self.startedAt = startedAt
        self.issuer = issuer
        self.kid = kid
    }

    init(row: Row) throws {
        let columns = Columns(row)
        self.init(
            number: try columns.integer("number"), startedAt: try columns.time("started_at"),
            issuer: try columns.text("issuer"), kid: try columns.keyID("kid"))
    }
}
