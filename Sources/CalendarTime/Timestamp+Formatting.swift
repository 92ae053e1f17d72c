import PlainText

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
        [
            fields.year.zeroPadded(to: 4), fields.month.zeroPadded(to: 2),
            fields.day.zeroPadded(to: 2),
        ]
        .joined(separator: separator)
    }

    private func time(_ fields: CalendarFields, separator: String) -> String {
        [
            fields.hour.zeroPadded(to: 2), fields.minute.zeroPadded(to: 2),
            fields.second.zeroPadded(to: 2),
        ]
        .joined(separator: separator)
    }
}
