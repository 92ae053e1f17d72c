/// Why a text is not a date. The description says what to write instead.
package enum DateError: Error, Sendable, Equatable, CustomStringConvertible {
    case malformed
    case noSuchDate
    case fractionalSeconds
    case leapSecond
    case outOfRange

    package var description: String {
        switch self {
        case .malformed:
            "not a date: write YYYY-MM-DD, or RFC 3339 such as 2027-12-01T00:00:00Z"
        case .noSuchDate:
            "there is no such date or time: check month, day, hour, minute, second and offset"
        case .fractionalSeconds: "fractions of a second are not kept: write whole seconds"
        case .leapSecond: "a token cannot express a leap second: write second 59"
        case .outOfRange: "outside 1970-01-01T00:00:00Z to 9999-12-31T23:59:59Z"
        }
    }
}
