package import CalendarTime

/// How a license's name says which term it is of.
package enum TermNaming: Sendable {
    case from(Timestamp)
    case until(Timestamp)

    private static let markers = [", from ", ", until "]

    package var suffix: String {
        switch self {
        case .from(let start): ", from \(start.dateOnly)"
        case .until(let end): ", until \(end.dateOnly)"
        }
    }

    /// The name that all renewals of a license have in common.
    package static func commonName(of name: String) -> String {
        for marker in markers where name.utf8.count > marker.utf8.count + dateByteCount {
            let tail = name.utf8.suffix(marker.utf8.count + dateByteCount)
            // Why the rest is no date is thrown away: then it is part of the name.
            guard
                tail.starts(with: marker.utf8),
                let date = String(tail.suffix(dateByteCount)),
                (try? Timestamp(parsing: date)) != nil,
                let rest = String(name.utf8.dropLast(tail.count))
            else { continue }
            return rest
        }
        return name
    }

    private static let dateByteCount = "2027-12-01".utf8.count
}
