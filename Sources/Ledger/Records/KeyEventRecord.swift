package import CalendarTime
import GRDB
package import LicenseToken

/// A row of `key_event`: something that was done with a key.
package struct KeyEventRecord: Sendable, Hashable {
    package enum Kind: String, Sendable {
        case generated, imported, activated, deactivated, retired
    }

    package let kid: KeyID
    package let kind: Kind
    package let time: Timestamp

    init(kid: KeyID, kind: Kind, time: Timestamp) {
        self.kid = kid
        self.kind = kind
        self.time = time
    }

    init(row: Row) throws {
        let columns = Columns(row)
        kid = try columns.keyID("kid")
        kind = try columns.word("event")
        time = try columns.time("at")
    }
}
