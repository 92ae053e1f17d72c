import FoundationEssentials
import StrictJSON
import Testing

@testable import LicenseToken

/// What a license says of its term, by the claims of its token.
struct LicenseTests {
    /// Valid from 100 on.
    private static func license(_ claims: String) throws -> License {
        let text = """
            {"iss":"i","sub":"s","aud":["license-key"],"iat":50,"nbf":100\(claims)}
            """
        let kid = try #require(KeyID("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"))
        return try License(claims: try JSONDocument.parse(Array(text.utf8)), kid: kid)
    }

    private static func date(_ seconds: Double) -> Date {
        Date(timeIntervalSince1970: seconds)
    }

    private static let full =
        #","exp":400,"license_expires":300,"license_notice":200,"license_maintained":250"#

    // MARK: - Reading

    @Test func `the times are those of the claims`() throws {
        let license = try Self.license(Self.full)
        #expect(license.issuedAt == Self.date(50))
        #expect(license.notBefore == Self.date(100))
        #expect(license.expiresAt == Self.date(400))
        #expect(license.endOfTerm == Self.date(300))
        #expect(license.noticeFrom == Self.date(200))
        #expect(license.maintainedUntil == Self.date(250))
    }

    @Test func `without exp a license has no end`() throws {
        let license = try Self.license(#","license_expires":300,"license_notice":200"#)
        #expect(license.expiresAt == nil)
        #expect(license.endOfTerm == nil)
        #expect(license.noticeFrom == nil)
        #expect(license.maintainedUntil == nil)
    }

    @Test(arguments: ["null", #""400""#, "400.5", "-1", "253402300800", "true"])
    func `an exp that is no time is refused, not taken for no end`(value: String) throws {
        #expect(throws: TokenError.missingClaim("exp")) {
            try Self.license(#","exp":\#(value)"#)
        }
    }

    @Test(arguments: ["100", "99", "401", "null", #""300""#, "300.5", "-1", "[300]", "1e99"])
    func `a vendor's own license_expires that is no time of the term is none`(
        value: String
    ) throws {
        let license = try Self.license(#","exp":400,"license_expires":\#(value)"#)
        #expect(license.endOfTerm == Self.date(400))
        #expect(try license.phase(at: Self.date(399)) == .valid)
    }

    @Test(arguments: ["101", "300", "400"])
    func `a license_expires within the term is its end`(value: String) throws {
        let license = try Self.license(#","exp":400,"license_expires":\#(value)"#)
        #expect(license.endOfTerm.map { $0.timeIntervalSince1970 } == Double(value))
    }

    @Test(arguments: ["301", "null", #""200""#, "200.5", "-1", "{}"])
    func `a vendor's own license_notice that is no time of the term is none`(
        value: String
    ) throws {
        let license = try Self.license(
            #","exp":400,"license_expires":300,"license_notice":\#(value)"#)
        #expect(license.noticeFrom == nil)
    }

    @Test(arguments: ["null", #""250""#, "250.5", "-1", "253402300800"])
    func `a vendor's own license_maintained that is no time is none`(value: String) throws {
        let license = try Self.license(#","license_maintained":\#(value)"#)
        #expect(license.maintainedUntil == nil)
        #expect(license.covers(releasedAt: Self.date(1e12)))
    }

    // MARK: - Phases

    @Test(arguments: [
        (100, License.Phase.valid), (199.5, .valid), (200, .notice), (299.5, .notice),
        (300, .grace), (399.5, .grace),
    ])
    func `each phase begins at its second`(seconds: Double, phase: License.Phase) throws {
        #expect(try Self.license(Self.full).phase(at: Self.date(seconds)) == phase)
    }

    @Test func `before and after the term there is no phase`() throws {
        let license = try Self.license(Self.full)
        #expect(throws: TokenError.notYetValid(since: "1970-01-01T00:01:40Z")) {
            try license.phase(at: Self.date(99.5))
        }
        #expect(throws: TokenError.expired(since: "1970-01-01T00:06:40Z")) {
            try license.phase(at: Self.date(400))
        }
    }

    @Test func `a license without an end is valid for ever`() throws {
        let license = try Self.license("")
        #expect(try license.phase(at: Self.date(100)) == .valid)
        #expect(try license.phase(at: Self.date(1e12)) == .valid)
    }

    @Test(arguments: [
        (#","exp":400"#, 399.0, License.Phase.valid),
        (#","exp":400,"license_notice":400"#, 399, .valid),
        (#","exp":400,"license_expires":400,"license_notice":300"#, 399, .notice),
        (#","exp":400,"license_expires":300"#, 299, .valid),
        (#","exp":400,"license_expires":300"#, 300, .grace),
        (#","exp":400,"license_expires":300,"license_notice":300"#, 300, .grace),
        (#","exp":400,"license_notice":20"#, 100, .notice),
    ])
    func `without grace or notice a license has the other phases`(
        claims: String, seconds: Double, phase: License.Phase
    ) throws {
        #expect(try Self.license(claims).phase(at: Self.date(seconds)) == phase)
    }

    @Test func `leeway puts off a refusal and no warning`() throws {
        let license = try Self.license(Self.full)
        #expect(try license.phase(at: Self.date(95), leeway: 5) == .valid)
        #expect(try license.phase(at: Self.date(298), leeway: 5) == .notice)
        #expect(try license.phase(at: Self.date(300), leeway: 5) == .grace)
        #expect(try license.phase(at: Self.date(404.5), leeway: 5) == .grace)
        #expect(throws: TokenError.expired(since: "1970-01-01T00:06:40Z")) {
            try license.phase(at: Self.date(405), leeway: 5)
        }
        #expect(try Self.license(#","exp":400"#).phase(at: Self.date(402), leeway: 5) == .grace)
    }

    // MARK: - Versions

    @Test func `a version is covered that was released at that second or before`() throws {
        let license = try Self.license(Self.full)
        #expect(license.covers(releasedAt: Self.date(0)))
        #expect(license.covers(releasedAt: Self.date(250)))
        #expect(!license.covers(releasedAt: Self.date(250.5)))
        #expect(!license.covers(releasedAt: Self.date(251)))
    }

    @Test func `where nothing was said all versions are covered`() throws {
        #expect(try Self.license(#","exp":400"#).covers(releasedAt: Self.date(1e12)))
    }
}
