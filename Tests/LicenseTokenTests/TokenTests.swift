import CalendarTime
import Foundation
import Signatures
import Signing
import StrictJSON
import Testing
import TokenSigning

@testable import LicenseToken

struct TokenTests {
    private static let payload = #"""
        { "seats": 25, "ratio": 1.10, "big": 1e2, "max": 9007199254740991,
          "caf\u00e9": "\u00e9", "nested": { "a": [ 1, {"exp": true} ] },
          "modules": ["analytics", "reporting"] }
        """#

    /// RFC 8037, appendix A.1, as PKCS#8.
    private static func key() throws -> SigningKey {
        let pem = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
            -----END PRIVATE KEY-----
            """
        var text = try SecretBytes(count: pem.utf8.count)
        text.withUnsafeMutableBytes { $0.copyBytes(from: pem.utf8) }
        return try PrivateKeyPEM.decode(text)
    }

    private static func token(
        issuer: String = "https://licenses.example.com", payload: String = Self.payload
    ) throws -> String {
        var members: [UInt8] = []
        try JSONDocument.parse(Array(payload.utf8)).root.members.appendCompact(to: &members)
        let id = try #require(LicenseID("0193a1b2-c3d4-7ef0-8123-456789abcdef"))
        let claims = LicenseClaims(
            issuer: issuer, id: id, issuedAt: try Timestamp(parsing: "2026-12-01"),
            term: LicenseTerm(
                notBefore: try Timestamp(parsing: "2026-12-01"),
                expiresAt: try Timestamp(parsing: "2027-12-01")), payloadMembers: members)
        let key = try key()
        return try TokenSigner(for: key.verificationKey).sign(claims, with: key)
    }

    private static func verifier(issuer: String? = nil) throws -> LicenseVerifier {
        LicenseVerifier(keys: JWKSet([JWK(try key().verificationKey)]), issuer: issuer)
    }

    private static let whileValid = Date(timeIntervalSince1970: 1_800_000_000)

    @Test func `the token of a fixed key, request and time is the one that other code makes`()
        throws
    {
        let file = try #require(
            Bundle.module.url(forResource: "token", withExtension: "jwt", subdirectory: "Golden"))
        #expect(try Self.token() == String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }

    /// RFC 8037, appendix A.4.
    @Test func `signs the example of RFC 8037`() throws {
        let signed = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
        #expect(
            Base64.url.encodeToString(try Self.key().sign(Array(signed.utf8)).bytes)
                == "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5B"
                + "hVsPt9g7sVvpAr_MuM0KAg")
    }

    @Test func `an empty payload leaves the registered claims alone`() throws {
        let license = try Self.verifier().verify(
            Self.token(payload: "{}"), at: Self.whileValid)
        #expect(license.subject == "0193a1b2-c3d4-7ef0-8123-456789abcdef")
    }

    @Test func `an application gets its claims in a type of its own`() throws {
        struct Entitlements: Decodable {
            let seats: Int
            let modules: [String]
        }
        let license = try Self.verifier().verify(Self.token(), at: Self.whileValid)
        let entitlements = try license.decodePayload(as: Entitlements.self)
        #expect(entitlements.seats == 25)
        #expect(entitlements.modules == ["analytics", "reporting"])
        struct Other: Decodable { let plan: String }
        #expect(throws: TokenError.self) { try license.decodePayload(as: Other.self) }
    }

    @Test func `the term begins with notBefore and ends just before expiresAt`() throws {
        let verifier = try Self.verifier()
        let token = try Self.token()
        let start = Date(timeIntervalSince1970: 1_796_083_200)
        let end = Date(timeIntervalSince1970: 1_827_619_200)
        #expect(throws: TokenError.notYetValid(since: "2026-12-01T00:00:00Z")) {
            try verifier.verify(token, at: start.addingTimeInterval(-1))
        }
        #expect(throws: Never.self) { try verifier.verify(token, at: start) }
        #expect(throws: Never.self) {
            try verifier.verify(token, at: start.addingTimeInterval(-5), leeway: 5)
        }
        #expect(throws: Never.self) { try verifier.verify(token, at: end.addingTimeInterval(-1)) }
        #expect(throws: TokenError.expired(since: "2027-12-01T00:00:00Z")) {
            try verifier.verify(token, at: end)
        }
    }

    @Test func `a license in grace is verified, and one without an end at any time`() throws {
        let verifier = try Self.verifier()
        let header = #"{"alg":"EdDSA","kid":"KID"}"#
        let graced = try Self.signed(
            header: header,
            claims: Self.goodClaims.replacing("}", with: #","license_expires":1800000000}"#))
        #expect(
            try verifier.verify(graced, at: Self.whileValid).phase(at: Self.whileValid) == .grace)
        #expect(throws: TokenError.expired(since: "2027-12-01T00:00:00Z")) {
            try verifier.verify(graced, at: Date(timeIntervalSince1970: 1_827_619_200))
        }
        let endless = try Self.signed(
            header: header, claims: Self.goodClaims.replacing(#","exp":1827619200"#, with: ""))
        let license = try verifier.verify(endless, at: Date(timeIntervalSince1970: 250_000_000_000))
        #expect(license.expiresAt == nil)
        #expect(throws: TokenError.notYetValid(since: "2026-12-01T00:00:00Z")) {
            try verifier.verify(endless, at: Date(timeIntervalSince1970: 1_796_083_199))
        }
    }

    @Test func `another issuer is refused where one is expected`() throws {
        let verifier = try Self.verifier(issuer: "https://other.example.com")
        #expect(throws: TokenError.wrongIssuer("https://licenses.example.com")) {
            try verifier.verify(Self.token(), at: Self.whileValid)
        }
    }

    @Test func `every single altered bit is refused`() throws {
        let verifier = try Self.verifier()
        let token = Array(try Self.token().utf8)
        for index in token.indices {
            var altered = token
            altered[index] ^= 1
            let text = String(decoding: altered, as: UTF8.self)
            #expect(throws: TokenError.self) { try verifier.verify(text, at: Self.whileValid) }
        }
    }

    @Test func `an altered payload is a bad signature, whatever has become of its JSON`() throws {
        let token = try Self.token()
        let start = try #require(token.firstIndex(of: "."))
        var altered = Array(token.utf8)
        altered[token.utf8.distance(from: token.utf8.startIndex, to: start) + 1] ^= 1
        #expect(throws: TokenError.badSignature) {
            try Self.verifier().verify(
                String(decoding: altered, as: UTF8.self), at: Self.whileValid)
        }
    }

    @Test func `a key that was not given is named`() throws {
        let other = try SigningKey.generate().verificationKey
        let verifier = LicenseVerifier(keys: JWKSet([JWK(other)]), issuer: nil)
        #expect(throws: TokenError.unknownKey(kid: "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")) {
            try verifier.verify(Self.token(), at: Self.whileValid)
        }
    }

    @Test func `a key that is the only one is for tokens that name another, or none`() throws {
        let verifier = try LicenseVerifier(
            publicKeyPEM: PublicKeyPEM.encode(Self.key().verificationKey))
        for header in [#"{"alg":"EdDSA","kid":"another"}"#, #"{"alg":"EdDSA"}"#] {
            let token = try Self.signed(header: header, claims: Self.goodClaims)
            #expect(throws: Never.self) { try verifier.verify(token, at: Self.whileValid) }
        }
        let other = try LicenseVerifier(
            publicKeyPEM: PublicKeyPEM.encode(SigningKey.generate().verificationKey))
        #expect(throws: TokenError.unknownKey(kid: "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")) {
            try other.verify(Self.token(), at: Self.whileValid)
        }
    }

    @Test func `authentic claims are given as they were signed, whatever they say`() throws {
        let header = #"{"alg":"EdDSA","kid":"KID"}"#
        let claims = #"{ "exp": 1.5, "aud": null }"#
        let token = try Self.signed(header: header, claims: claims)
        let verifier = try Self.verifier(issuer: "https://other.example.com")
        #expect(try verifier.authenticClaims(of: token) == Data(claims.utf8))
        #expect(throws: TokenError.badSignature) {
            try verifier.authenticClaims(of: token.replacing(".ey", with: ".ez"))
        }
        #expect(throws: TokenError.malformedToken) {
            try verifier.authenticClaims(of: try Self.signed(header: header, claims: "[]"))
        }
    }

    /// Each is signed by the right key, so that only the rule at hand can refuse it.
    @Test(arguments: [
        (#"{"alg":"none","kid":"KID","typ":"JWT"}"#, TokenError.unsupportedHeader),
        (#"{"alg":"HS256","kid":"KID"}"#, .unsupportedHeader),
        (#"{"alg":"EdDSA","kid":"KID","crit":["b64"],"b64":false}"#, .unsupportedHeader),
        (#"{"alg":"EdDSA"}"#, .unsupportedHeader),
        (#"{"alg":"EdDSA","alg":"none","kid":"KID"}"#, .malformedToken),
        (#"["EdDSA"]"#, .malformedToken),
    ])
    func `headers that ask for something else are refused`(
        header: String, reason: TokenError
    ) throws {
        let token = try Self.signed(header: header, claims: Self.goodClaims)
        #expect(throws: reason) { try Self.verifier().verify(token, at: Self.whileValid) }
    }

    private static let goodClaims =
        #"{"iss":"i","sub":"s","aud":["license-key"],"iat":1796083200,"nbf":1796083200,"exp":1827619200}"#

    @Test(arguments: [
        (goodClaims.replacing("license-key", with: "other"), TokenError.wrongAudience),
        (goodClaims.replacing(#"["license-key"]"#, with: "7"), .wrongAudience),
        (goodClaims.replacing(#""sub":"s","#, with: ""), .missingClaim("sub")),
        (goodClaims.replacing("1827619200", with: "1827619200.5"), .missingClaim("exp")),
        (goodClaims.replacing("1827619200", with: #""1827619200""#), .missingClaim("exp")),
        (goodClaims.replacing("}", with: #","exp":9999999999}"#), .malformedToken),
    ])
    func `claims that no license has are refused`(claims: String, reason: TokenError) throws {
        let token = try Self.signed(header: #"{"alg":"EdDSA","kid":"KID"}"#, claims: claims)
        #expect(throws: reason) { try Self.verifier().verify(token, at: Self.whileValid) }
    }

    @Test func `an audience given as one text is accepted`() throws {
        let claims = Self.goodClaims.replacing(#"["license-key"]"#, with: #""license-key""#)
        let token = try Self.signed(header: #"{"alg":"EdDSA","kid":"KID"}"#, claims: claims)
        #expect(throws: Never.self) { try Self.verifier().verify(token, at: Self.whileValid) }
    }

    @Test(arguments: ["", ".", "..", "a.b", "a.b.c.d", "e30.e30.", "e30.e30.AA", "é.é.é"])
    func `what is no token is refused`(text: String) throws {
        #expect(throws: TokenError.malformedToken) { try Self.verifier().verify(text) }
    }

    private static func signed(header: String, claims: String) throws -> String {
        let key = try key()
        let kid = KeyID(of: key.verificationKey).description
        let text = [header.replacing("KID", with: kid), claims]
            .map { Base64.url.encodeToString(Array($0.utf8)) }.joined(separator: ".")
        let signature = key.sign(Array(text.utf8))
        return text + "." + Base64.url.encodeToString(signature.bytes)
    }
}
