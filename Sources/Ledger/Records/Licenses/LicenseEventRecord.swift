package import CalendarTime
import GRDB
package import Signatures

/// One thing that happened to a license, with the drop that brought it about: a row of `event`, or
/// the license's own row for its beginning.
package struct LicenseEventRecord: Sendable, Hashable {
    package enum Event: Sendable, Hashable {
        case created
        case renamed(from: String, to: String)
        /// `nil` where there was or is none.
        case described(from: String?, to: String?)
        case deleted
        /// In a bundle besides the first one.
        case delivered
    }

    package let event: Event
    package let run: Int64
    package let time: Timestamp
    /// The drop's name while it was handled and afterwards.
    package let claim: [UInt8]
    package let digest: SHA256Digest?

    init(row: Row) throws {
        let columns = Columns(row)
        event = try Event(columns)
        run = try columns.integer("run")
        time = try columns.time("started_at")
        claim = try columns.bytes("claim")
        digest = try columns.optionalDigest("sha256")
    }
}

extension LicenseEventRecord.Event {
    fileprivate init(_ columns: Columns) throws {
        let kind = try columns.text("kind")
        switch kind {
        case "created": self = .created
        case "renamed":
            self = .renamed(from: try columns.text("old"), to: try columns.text("new"))
        case "described":
            self = .described(
                from: try columns.optionalText("old"), to: try columns.optionalText("new"))
        case "deleted": self = .deleted
        case "delivered": self = .delivered
        default: throw LedgerError.Reason.damaged("an event of the unknown kind '\(kind)'")
        }
    }
}
