package import CalendarTime

/// How a license stands at some time.
package enum LicenseState: String, Sendable {
    case valid, expired, deleted
    case notYetValid = "not yet valid"

    /// The state of a license that is not deleted.
    package init(from notBefore: Timestamp, until expiresAt: Timestamp, at now: Timestamp) {
        if expiresAt <= now {
            self = .expired
        } else {
            self = notBefore <= now ? .valid : .notYetValid
        }
    }
}
