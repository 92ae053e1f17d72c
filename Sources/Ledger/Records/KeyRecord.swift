package import CalendarTime
import GRDB
package import LicenseToken
package import Signatures

/// A row of `key`: the public half of a signing key, and what the key may be used for.
package struct KeyRecord: Sendable, Hashable {
    package enum State: String, Sendable {
        case active, standby, retired
    }

    package let kid: KeyID
    package let publicKey: VerificationKey
    package let state: State
    package let createdAt: Timestamp

    package init(
        kid: KeyID, publicKey: VerificationKey, state: State, createdAt: Timestamp
    ) {
        self.kid = kid
        self.publicKey = publicKey
        self.state = state
        self.createdAt = createdAt
    }

    init(row: Row) throws {
        let columns = Columns(row)
        self.init(
            kid: try columns.keyID("kid"), publicKey: try columns.publicKey("public_key"),
            state: try columns.word("state"), createdAt: try columns.time("created_at"))
    }
}
