import Glibc

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

    /// `nil` where the calendar has no such day or the clock no such time. timegm turns 30 February
    /// into a day of March, so the fields are read back and compared.
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
