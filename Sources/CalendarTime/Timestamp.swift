/// A whole second of UTC between 1970-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
///
/// The range is what RFC 3339 can write and what a JWT NumericDate (RFC 7519, section 2) can hold
/// without a verifier misreading it.
package struct Timestamp: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    package let secondsSinceEpoch: Int64

    package static let earliest = Timestamp(unchecked: 0)
    package static let latest = Timestamp(unchecked: 253_402_300_799)

    /// `nil` outside the range that the type holds.
    package init?(secondsSinceEpoch seconds: Int64) {
        guard (0...Self.latest.secondsSinceEpoch).contains(seconds) else { return nil }
        self.init(unchecked: seconds)
    }

    private init(unchecked seconds: Int64) {
        secondsSinceEpoch = seconds
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.secondsSinceEpoch < right.secondsSinceEpoch
    }

    /// Midnight UTC of the same day.
    package var startOfDay: Timestamp {
        Timestamp(unchecked: secondsSinceEpoch - secondsSinceEpoch % 86_400)
    }

    /// The same day and time a year later; 29 February becomes 28 February. `nil` past year 9999.
    package var oneYearLater: Timestamp? { adding(.years(1)) }

    package func adding(seconds: Int64) -> Timestamp? {
        let (sum, overflow) = secondsSinceEpoch.addingReportingOverflow(seconds)
        return overflow ? nil : Timestamp(secondsSinceEpoch: sum)
    }
}
