package import CalendarTime
import GRDB

/// A row of `station_event`: what happened to the station as a whole.
package struct StationEventRecord: Sendable, Hashable {
    package enum Kind: String, Sendable {
        /// Everything in an earlier version's ledger was entered into the log, as it was then.
        case logBegun = "log-begun"
        case privateKeyExported = "private-key-exported"
        case restored
        case forked
    }

    package let kind: Kind
    package let time: Timestamp
    /// What is to be known of it, in words.
    package let reason: String

    package init(kind: Kind, time: Timestamp, reason: String) {
        self.kind = kind
        self.time = time
        self.reason = reason
    }

    init(row: Row) throws {
        let columns = Columns(row)
        kind = try columns.word("what")
        time = try columns.time("at")
        reason = try columns.text("reason")
    }
}
