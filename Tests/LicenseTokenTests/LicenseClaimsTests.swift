import CalendarTime
import Testing

@testable import LicenseToken

struct LicenseClaimsTests {
    /// 2027-01-01 to 2028-01-01, where it has an end.
    private static func text(
        ends: Bool = true, grace: Int? = nil, notice: Int? = nil, maintained: String? = nil,
        payload: String = #""seats":5"#
    ) throws -> String {
        let start = try Timestamp(parsing: "2027-01-01")
        let term = LicenseTerm(
            notBefore: start, expiresAt: ends ? try Timestamp(parsing: "2028-01-01") : nil,
            graceDays: grace, noticeDays: notice,
            maintainedUntil: try maintained.map { try Timestamp(parsing: $0) })
        let id = try #require(LicenseID("0193a1b2-c3d4-7ef0-8123-456789abcdef"))
        let claims = LicenseClaims(
            issuer: "https://a.example", id: id, issuedAt: start, term: term,
            payloadMembers: Array(payload.utf8))
        return String(decoding: claims.encoded(), as: UTF8.self)
    }

    /// What stands before `exp` in each of them.
    private static let start =
        #"{"iss":"https://a.example","sub":"0193a1b2-c3d4-7ef0-8123-456789abcdef","#
        + #""aud":["license-key"],"iat":1798761600,"nbf":1798761600"#

    @Test func `a term without more has exp alone`() throws {
        #expect(try Self.text() == Self.start + #","exp":1830297600,"seats":5}"#)
    }

    @Test func `a license without an end has no exp`() throws {
        #expect(try Self.text(ends: false) == Self.start + #","seats":5}"#)
        #expect(try Self.text(ends: false, payload: "") == Self.start + "}")
    }

    @Test(arguments: [(14, 1_831_507_200), (0, 1_830_297_600)])
    func `with grace exp is its end, and the end of the term has a claim`(
        days: Int, exp: Int
    ) throws {
        #expect(
            try Self.text(grace: days)
                == Self.start + #","exp":\#(exp),"license_expires":1830297600,"seats":5}"#)
    }

    @Test func `notice and maintenance have a claim each`() throws {
        #expect(
            try Self.text(notice: 30)
                == Self.start + #","exp":1830297600,"license_notice":1827705600,"seats":5}"#)
        #expect(
            try Self.text(ends: false, maintained: "2027-07-01")
                == Self.start + #","license_maintained":1814400000,"seats":5}"#)
    }

    @Test func `the claims of the term stand between exp and the payload`() throws {
        let all =
            #","exp":1831507200,"license_expires":1830297600,"license_notice":1827705600,"#
            + #""license_maintained":1814400000"#
        let (grace, notice, maintained) = (14, 30, "2027-07-01")
        #expect(
            try Self.text(grace: grace, notice: notice, maintained: maintained)
                == Self.start + all + #","seats":5}"#)
        #expect(
            try Self.text(grace: grace, notice: notice, maintained: maintained, payload: "")
                == Self.start + all + "}")
    }

    @Test func `a name is reserved where the term has the claim`() throws {
        let start = try Timestamp(parsing: "2027-01-01")
        let registered: Set = ["exp", "nbf", "iss", "sub", "aud", "iat"]
        let endless = LicenseTerm(notBefore: start, expiresAt: nil)
        #expect(LicenseClaims.reservedNames(for: endless) == registered)
        let term = LicenseTerm(
            notBefore: start, expiresAt: .latest, noticeDays: 3, maintainedUntil: start)
        #expect(
            LicenseClaims.reservedNames(for: term)
                == registered.union(["license_notice", "license_maintained"]))
    }
}
