package import CalendarTime

/// How a license stands at some time.
package enum LicenseState: String, Sendable {
    case valid, expired, deleted
    /// Its term is over, and its application still goes on.
    case inGrace = "in grace"
    case notYetValid = "not yet valid"

    /// The state of a license that is not deleted.
    ///
    /// - Parameter end: of its term; `nil` where it has none, as `endOfGrace` then.
    package init(
        from notBefore: Timestamp, until end: Timestamp?, endOfGrace: Timestamp?,
        at now: Timestamp
    ) {
        if let endOfGrace, endOfGrace <= now {
            self = .expired
        } else if let end, end <= now {
            self = .inGrace
        } else {
            self = notBefore <= now ? .valid : .notYetValid
        }
    }
}
