extension Timestamp {
    /// Reads `YYYY-MM-DD` (midnight UTC) or a `date-time` of RFC 3339, section 5.6, with whole
    /// seconds and any offset; `T` and `Z` may be lower case, as that section allows.
    package init(parsing text: String) throws(DateError) {
        var reader = FieldReader(text: text)
        var fields = CalendarFields(
            year: try reader.digits(4), month: try reader.digits(after: "-"),
            day: try reader.digits(after: "-"))
        guard !reader.isAtEnd else {
            self = try Self.inRange(fields, offsetSeconds: 0)
            return
        }
        try reader.expect("T", "t")
        fields.hour = try reader.digits(2)
        fields.minute = try reader.digits(after: ":")
        fields.second = try reader.digits(after: ":")
        if reader.next == UInt8(ascii: ".") { throw .fractionalSeconds }
        let offset = try reader.offsetSeconds()
        guard reader.isAtEnd else { throw .malformed }
        self = try Self.inRange(fields, offsetSeconds: offset)
    }

    /// Reads what `basicFormat` writes, and nothing else.
    package init?(basicFormat text: String) {
        var reader = FieldReader(text: text)
        // Where the text differs is thrown away: there is one form, and a program writes it.
        guard
            let year = try? reader.digits(4), let month = try? reader.digits(2),
            let day = try? reader.digits(2), (try? reader.expect("T")) != nil,
            let hour = try? reader.digits(2), let minute = try? reader.digits(2),
            let second = try? reader.digits(2), (try? reader.expect("Z")) != nil, reader.isAtEnd
        else { return nil }
        self.init(
            CalendarFields(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second))
    }

    private static func inRange(
        _ fields: CalendarFields, offsetSeconds: Int
    ) throws(DateError) -> Timestamp {
        if fields.second == 60 { throw .leapSecond }
        guard (1970...9999).contains(fields.year) else { throw .outOfRange }
        guard let local = Timestamp(fields) else { throw .noSuchDate }
        guard let utc = local.adding(seconds: -Int64(offsetSeconds)) else { throw .outOfRange }
        return utc
    }
}

private struct FieldReader {
    private var rest: Substring.UTF8View

    init(text: String) {
        rest = Substring(text).utf8
    }

    var isAtEnd: Bool { rest.isEmpty }
    var next: UInt8? { rest.first }

    mutating func expect(_ accepted: Unicode.Scalar...) throws(DateError) {
        guard let byte = rest.popFirst(), accepted.contains(Unicode.Scalar(byte)) else {
            throw .malformed
        }
    }

    mutating func digits(_ count: Int) throws(DateError) -> Int {
        var value = 0
        for _ in 0..<count {
            guard let byte = rest.popFirst(), (0x30...0x39).contains(byte) else {
                throw .malformed
            }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }

    mutating func digits(after separator: Unicode.Scalar) throws(DateError) -> Int {
        try expect(separator)
        return try digits(2)
    }

    /// `Z`, or a sign and hours and minutes: how far local time is ahead of UTC.
    mutating func offsetSeconds() throws(DateError) -> Int {
        guard let sign = rest.popFirst() else { throw .malformed }
        switch sign {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"): return 0
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            let hours = try digits(2)
            let minutes = try digits(after: ":")
            guard hours < 24, minutes < 60 else { throw .noSuchDate }
            let seconds = hours * 3600 + minutes * 60
            return sign == UInt8(ascii: "-") ? -seconds : seconds
        default: throw .malformed
        }
    }
}
