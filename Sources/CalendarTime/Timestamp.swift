import Glibc

/// A whole second of UTC between 1970-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
///
/// The range is what both a JWT NumericDate (RFC 7519, section 2) that no verifier stumbles over
/// and an RFC 3339 `date-time` can express.
package struct Timestamp: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    package let secondsSinceEpoch: Int64

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

/// A date and time of the proleptic Gregorian calendar, in UTC.
struct CalendarFields: Equatable {
    var year: Int
    var month: Int
    var day: Int
    var hour = 0
    var minute = 0
    var second = 0
}

extension Timestamp {
    var calendarFields: CalendarFields {
        var seconds = time_t(secondsSinceEpoch)
        var broken = tm()
        gmtime_r(&seconds, &broken)
        return CalendarFields(
            year: Int(broken.tm_year) + 1900, month: Int(broken.tm_mon) + 1,
            day: Int(broken.tm_mday), hour: Int(broken.tm_hour), minute: Int(broken.tm_min),
            second: Int(broken.tm_sec))
    }

    /// `nil` where the calendar has no such day or clock no such time: timegm carries 30 February
    /// over into March, so the fields are read back and compared.
    init?(_ fields: CalendarFields) {
        guard
            (1970...9999).contains(fields.year),
            let month = Int32(exactly: fields.month), let day = Int32(exactly: fields.day),
            let hour = Int32(exactly: fields.hour), let minute = Int32(exactly: fields.minute),
            let second = Int32(exactly: fields.second)
        else { return nil }
        var broken = tm()
        broken.tm_year = Int32(fields.year - 1900)
        broken.tm_mon = month - 1
        broken.tm_mday = day
        broken.tm_hour = hour
        broken.tm_min = minute
        broken.tm_sec = second
        self.init(secondsSinceEpoch: Int64(timegm(&broken)))
        guard calendarFields == fields else { return nil }
    }
}
