import CalendarTime
import Testing

@testable import LicenseToken

struct LicenseTermTests {
    private static func term(
        _ start: String = "2027-01-01", to end: String?, grace: Int? = nil, notice: Int? = nil
    ) throws -> LicenseTerm {
        LicenseTerm(
            notBefore: try Timestamp(parsing: start),
            expiresAt: try end.map { try Timestamp(parsing: $0) }, graceDays: grace,
            noticeDays: notice)
    }

    @Test(arguments: [
        ("2028-01-01T12:30:00Z", nil, "2028-01-01T12:30:00Z"),
        ("2028-01-01T12:30:00Z", 0, "2028-01-01T12:30:00Z"),
        ("2028-01-01T12:30:00Z", 14, "2028-01-15T12:30:00Z"),
        ("2028-02-28", 2, "2028-03-01T00:00:00Z"),
        ("2028-01-01", 366, "2029-01-01T00:00:00Z"),
        ("9999-12-30T23:59:59Z", 1, "9999-12-31T23:59:59Z"),
        ("9999-12-31", 1, "9999-12-31T23:59:59Z"),
    ])
    func `grace ends so many days after the term, in the year 9999 at the latest`(
        end: String, days: Int?, expected: String
    ) throws {
        #expect(try Self.term(to: end, grace: days).endOfGrace?.description == expected)
    }

    @Test(arguments: [
        ("2028-01-31T12:30:00Z", 30, "2028-01-01T12:30:00Z"),
        ("2028-01-31T12:30:00Z", 0, "2028-01-31T12:30:00Z"),
        ("2027-01-02", 30, "2026-12-03T00:00:00Z"),
    ])
    func `notice begins so many days before the end, even before the term`(
        end: String, days: Int, expected: String
    ) throws {
        #expect(try Self.term(to: end, notice: days).noticeFrom?.description == expected)
    }

    @Test func `notice that would begin before 1970 begins with the term`() throws {
        let early = try Self.term("1970-01-02", to: "1970-01-10", notice: 30)
        #expect(early.noticeFrom?.description == "1970-01-02T00:00:00Z")
        let first = try Self.term("1970-01-02", to: "1970-01-31", notice: 30)
        #expect(first.noticeFrom?.description == "1970-01-01T00:00:00Z")
    }

    @Test func `a term without an end has neither grace nor notice`() throws {
        let term = try Self.term(to: nil, grace: 14, notice: 30)
        #expect(term.endOfGrace == nil)
        #expect(term.noticeFrom == nil)
        #expect(LicenseTerm.Claim.allCases.allSatisfy { term.value(of: $0) == nil })
    }

    @Test func `without a word of notice there is none`() throws {
        #expect(try Self.term(to: "2028-01-01", grace: 14).noticeFrom == nil)
    }
}
