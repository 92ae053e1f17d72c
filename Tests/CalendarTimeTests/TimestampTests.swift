import CalendarTime
import Testing

struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("2026-12-01", 1_796_083_200), ("2000-02-29", 951_782_400),
        ("2027-12-01T00:00:00Z", 1_827_619_200), ("2027-12-01t00:00:00z", 1_827_619_200),
        ("2027-12-01T02:00:00+02:00", 1_827_619_200),
        ("2027-11-30T19:30:00-04:30", 1_827_619_200),
        ("2027-12-01T00:00:00-00:00", 1_827_619_200), ("9999-12-31T23:59:59Z", 253_402_300_799),
    ])
    func `dates and times with any offset are read as seconds of UTC`(
        text: String, seconds: Int64
    ) throws {
        #expect(try Timestamp(parsing: text).secondsSinceEpoch == seconds)
    }

    @Test(arguments: [
        ("", DateError.malformed), ("2026", .malformed), ("2026-12-1", .malformed),
        ("2026-12-01T", .malformed), ("2026-12-01 00:00:00Z", .malformed),
        ("2026-12-01T00:00:00", .malformed), ("2026-12-01T00:00Z", .malformed),
        ("2026-12-01T00:00:00Zx", .malformed), ("2026-12-01T00:00:00+0200", .malformed),
        ("２０２６-12-01", .malformed), ("-026-12-01", .malformed), ("+2026-12-01", .malformed),
        ("2026-02-29", .noSuchDate), ("2100-02-29", .noSuchDate), ("2026-13-01", .noSuchDate),
        ("2026-00-01", .noSuchDate), ("2026-04-31", .noSuchDate), ("2026-12-00", .noSuchDate),
        ("2026-12-01T24:00:00Z", .noSuchDate), ("2026-12-01T00:60:00Z", .noSuchDate),
        ("2026-12-01T00:00:61Z", .noSuchDate), ("2026-12-01T00:00:00+24:00", .noSuchDate),
        ("2026-12-01T00:00:00+01:60", .noSuchDate),
        ("2026-12-01T00:00:00.5Z", .fractionalSeconds), ("2016-12-31T23:59:60Z", .leapSecond),
        ("1969-12-31", .outOfRange), ("1970-01-01T00:30:00+01:00", .outOfRange),
        ("9999-12-31T23:30:00-01:00", .outOfRange), ("0000-01-01", .outOfRange),
    ])
    func `anything else is refused with its own reason`(text: String, reason: DateError) {
        #expect(throws: reason) { try Timestamp(parsing: text) }
    }

    @Test(arguments: [
        ("2026-11-23T10:00:00Z", "2027-11-23T10:00:00Z"), ("2028-02-29", "2029-02-28T00:00:00Z"),
        ("2027-02-28", "2028-02-28T00:00:00Z"), ("1999-12-31T23:59:59Z", "2000-12-31T23:59:59Z"),
    ])
    func `a year later is the same day, but 28 February for the leap day`(
        from: String, to: String
    ) throws {
        #expect(try Timestamp(parsing: from).oneYearLater?.description == to)
    }

    @Test func `the year after 9999 does not exist`() {
        #expect(Timestamp.latest.oneYearLater == nil)
        #expect(Timestamp.latest.adding(seconds: 1) == nil)
        #expect(Timestamp.latest.adding(seconds: .max) == nil)
    }

    @Test func `a time is written in RFC 3339, in basic format and as a day`() throws {
        let time = try Timestamp(parsing: "2026-03-04T05:06:07Z")
        #expect(time.description == "2026-03-04T05:06:07Z")
        #expect(time.basicFormat == "20260304T050607Z")
        #expect(time.dateOnly == "2026-03-04")
        #expect(time.startOfDay.description == "2026-03-04T00:00:00Z")
    }
}
