extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC: `2027-12-01T00:00:00Z`.
    package var description: String {
        let fields = calendarFields
        return text(fields.date(separator: "-") + "T".utf8 + fields.time(separator: ":") + "Z".utf8)
    }

    /// ISO 8601 basic format, for file names: `20271201T000000Z`.
    package var basicFormat: String {
        let fields = calendarFields
        return text(fields.date(separator: "") + "T".utf8 + fields.time(separator: "") + "Z".utf8)
    }

    /// `2027-12-01`
    package var dateOnly: String {
        text(calendarFields.date(separator: "-"))
    }

    private func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}

extension Timestamp? {
    /// Of an end, for people.
    package var orNever: String { map(\.description) ?? "never" }
}

extension CalendarFields {
    fileprivate func date(separator: String) -> [UInt8] {
        digits(year / 100) + digits(year % 100) + separator.utf8 + digits(month) + separator.utf8
            + digits(day)
    }

    fileprivate func time(separator: String) -> [UInt8] {
        digits(hour) + separator.utf8 + digits(minute) + separator.utf8 + digits(second)
    }

    /// Two digits. The fields of a timestamp have no more: its years end with 9999.
    private func digits(_ number: Int) -> [UInt8] {
        [0x30 + UInt8(number / 10 % 10), 0x30 + UInt8(number % 10)]
    }
}
