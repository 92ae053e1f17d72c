extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC: `2027-12-01T00:00:00Z`.
    package var description: String {
        let fields = calendarFields
        return "\(date(fields, separator: "-"))T\(time(fields, separator: ":"))Z"
    }

    /// ISO 8601 basic format, for file names: `20271201T000000Z`.
    package var basicFormat: String {
        let fields = calendarFields
        return "\(date(fields, separator: ""))T\(time(fields, separator: ""))Z"
    }

    /// `2027-12-01`
    package var dateOnly: String {
        date(calendarFields, separator: "-")
    }

    private func date(_ fields: CalendarFields, separator: String) -> String {
        [padded(fields.year, 4), padded(fields.month, 2), padded(fields.day, 2)]
            .joined(separator: separator)
    }

    private func time(_ fields: CalendarFields, separator: String) -> String {
        [padded(fields.hour, 2), padded(fields.minute, 2), padded(fields.second, 2)]
            .joined(separator: separator)
    }

    private func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
