/// A length of time by the calendar: `1y`, `6m`, `90d`.
package enum Period: Sendable, Hashable {
    case years(Int)
    case months(Int)
    case days(Int)

    /// A number from 1 to 9999, and `y`, `m` or `d`; `nil` for anything else.
    package init?(_ text: String) {
        let digits = text.utf8.dropLast()
        guard
            (1...4).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let count = Int(text.dropLast()), count > 0
        else { return nil }
        switch text.last {
        case "y": self = .years(count)
        case "m": self = .months(count)
        case "d": self = .days(count)
        default: return nil
        }
    }
}

extension Timestamp {
    /// The same day and time later; after years and months a day that the month does not have
    /// becomes its last one. `nil` past year 9999.
    package func adding(_ period: Period) -> Timestamp? {
        switch period {
        case .years(let count): adding(months: 12 * count)
        case .months(let count): adding(months: count)
        case .days(let count): adding(days: Int64(count))
        }
    }

    package func adding(days: Int64) -> Timestamp? {
        let (seconds, overflow) = days.multipliedReportingOverflow(by: 86_400)
        return overflow ? nil : adding(seconds: seconds)
    }

    private func adding(months: Int) -> Timestamp? {
        var fields = calendarFields
        let sum = fields.month - 1 + months
        fields.year += sum / 12
        fields.month = sum % 12 + 1
        let day = fields.day
        for missingDays in 0...3 {
            fields.day = day - missingDays
            if let later = Timestamp(fields) { return later }
        }
        return nil
    }
}
