import CalendarTime
import Signatures
import StrictJSON
import Testing

@testable import LicenseToken

struct SuccessionTests {
    private static func term(_ end: String? = "2028-01-01") throws -> LicenseTerm {
        LicenseTerm(
            notBefore: try Timestamp(parsing: "2027-01-01"),
            expiresAt: try end.map { try Timestamp(parsing: $0) })
    }

    /// A license whose token carries the payload; nobody has signed it.
    private static func license(
        _ payload: String, term: LicenseTerm, token: String? = nil
    ) throws -> IssuedLicense {
        let id = try #require(LicenseID("0193a1b2-c3d4-7ef0-8123-456789abcdef"))
        let kid = try #require(KeyID("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"))
        let claims = LicenseClaims(
            issuer: "https://a.example", id: id, issuedAt: term.notBefore, term: term,
            payloadMembers: Array(payload.utf8))
        let parts = [
            Array(#"{"alg":"EdDSA","kid":"k"}"#.utf8), claims.encoded(),
            [UInt8](repeating: 0, count: 64),
        ]
        return IssuedLicense(
            id: id, name: "A", customer: "a", description: nil, issuer: "https://a.example",
            issuedAt: term.notBefore, term: term, kid: kid,
            token: token ?? parts.map(Base64.url.encodeToString).joined(separator: "."),
            tokenDigest: SHA256Digest(of: []))
    }

    private static func changes(
        from old: String, _ oldTerm: LicenseTerm? = nil, to new: String,
        _ newTerm: LicenseTerm? = nil
    ) throws -> [String] {
        let claims = try JSONDocument.parse(Array("{\(new)}".utf8)).root.members
            .map { Succession.Claim($0) }
        let succession = try Succession(
            to: license(old, term: oldTerm ?? term()), in: newTerm ?? term(), nil, claims)
        #expect(succession.predecessor.description == "0193a1b2-c3d4-7ef0-8123-456789abcdef")
        return succession.changes
    }

    @Test func `what is the same is not told`() throws {
        let payload = #""seats":5,"plan":"pro","modules":["a",{"b":1.10}]"#
        #expect(try Self.changes(from: payload, to: payload) == [])
        #expect(try Self.changes(from: #""a":1,"b":2"#, to: #""b":2,"a":1"#) == [])
    }

    @Test func `changed and new claims stand in the order of the new license, then what is gone`()
        throws
    {
        #expect(
            try Self.changes(
                from: #""trial":true,"seats":5,"plan":"basic","old":{"x":[]}"#,
                to: #""modules":["analytics"],"plan":"basic","seats":25"#)
                == [
                    #"modules: new, ["analytics"]"#, "seats: 5 → 25", "trial: gone, was true",
                    #"old: gone, was {"x":[]}"#,
                ])
    }

    @Test func `values are compared as they are written`() throws {
        #expect(try Self.changes(from: #""n":1.10"#, to: #""n":1.1"#) == ["n: 1.10 → 1.1"])
        #expect(
            try Self.changes(from: #""n":5"#, to: #""n":"5""#) == [#"n: 5 → "5""#])
    }

    @Test func `the term stands before the payload`() throws {
        let start = try Timestamp(parsing: "2027-01-01")
        let old = LicenseTerm(
            notBefore: start, expiresAt: try Timestamp(parsing: "2028-01-01"), graceDays: 14,
            noticeDays: 30)
        let new = LicenseTerm(
            notBefore: start, expiresAt: nil, maintainedUntil: try Timestamp(parsing: "2029-01-01"))
        #expect(
            try Self.changes(from: #""seats":5"#, old, to: #""seats":6"#, new)
                == [
                    "end: 2028-01-01T00:00:00Z → never",
                    "maintainedUntil: new, 2029-01-01T00:00:00Z", "graceDays: gone, was 14",
                    "noticeDays: gone, was 30", "seats: 5 → 6",
                ])
        #expect(try Self.changes(from: #""seats":5"#, new, to: #""seats":5"#, new) == [])
    }

    @Test func `a claim of the payload that is named like one of the term is the payload's`() throws
    {
        let graced = LicenseTerm(
            notBefore: try Timestamp(parsing: "2027-01-01"),
            expiresAt: try Timestamp(parsing: "2028-01-01"), graceDays: 0)
        #expect(
            try Self.changes(
                from: #""license_expires":"own""#, to: #""seats":1"#, graced)
                == [
                    "graceDays: new, 0", "seats: new, 1", #"license_expires: gone, was "own""#,
                ])
    }

    @Test func `fifty changes are told, and how many more there are`() throws {
        func payload(_ count: Int) -> String {
            (0..<count).map { #""c\#($0)":\#($0)"# }.joined(separator: ",")
        }
        let fifty = try Self.changes(from: "", to: payload(50))
        #expect(fifty.count == 50)
        #expect(fifty.last == "c49: new, 49")
        let more = try Self.changes(from: #""gone":1"#, to: payload(60))
        #expect(more.count == 51)
        #expect(more[49] == "c49: new, 49")
        #expect(more[50] == "11 more")
    }

    @Test func `long values are shortened, and both sides of the arrow are seen`() throws {
        let (long, other) = (String(repeating: "x", count: 300), String(repeating: "é", count: 300))
        let change = try Self.changes(from: #""n":"\#(long)""#, to: #""n":"\#(other)""#)[0]
        #expect(change.unicodeScalars.count <= 200)
        #expect(change.hasPrefix(#"n: "xxx"#))
        #expect(change.contains(#"xxx" → "ééé"#))
        #expect(change.hasSuffix(#"ééé""#))

        let named = try Self.changes(from: #""\#(long)":"\#(long)""#, to: #""\#(long)":1"#)[0]
        #expect(named.unicodeScalars.count <= 200)
        #expect(named.hasSuffix(#"xxx" → 1"#))

        let new = try Self.changes(from: "", to: #""n":"\#(long)""#)[0]
        #expect(new.unicodeScalars.count == 200)
        #expect(new.hasPrefix(#"n: new, "xxx"#))
        #expect(new.contains("…"))
    }

    @Test func `what could move the cursor or turn the text round is shown as a code point`() throws
    {
        let override = "\u{202e}"
        let bell = #"\u0007"#
        #expect(
            try Self.changes(
                from: #""n":"\#(override)b","\#(bell)":1"#,
                to: #""n":"\#("\u{85}")c","m":"\#("\u{2066}")""#)
                == [
                    #"n: "U+202Eb" → "U+0085c""#, #"m: new, "U+2066""#, "U+0007: gone, was 1",
                ])
        let many = String(repeating: override, count: 300)
        let change = try Self.changes(from: "", to: #""n":"\#(many)""#)[0]
        #expect(change.unicodeScalars.count == 200)
    }

    @Test(arguments: ["", "a.b", "e30.e30.AA"])
    func `a token that cannot be read has no changes to tell`(token: String) throws {
        let term = try Self.term()
        let license = try Self.license("", term: term, token: token)
        #expect(throws: TokenError.malformedToken) {
            try Succession(to: license, in: term, nil, [])
        }
    }

    @Test func `a token that follows is read as its license's term says`() throws {
        let (old, new) = (try Self.term(), try Self.term(nil))
        let succession = try Succession(
            to: try Self.license(#""seats":5"#, term: old),
            by: try Self.license(#""seats":7"#, term: new))
        #expect(succession.changes == ["end: 2028-01-01T00:00:00Z → never", "seats: 5 → 7"])
    }
}
