import LicenseToken
import RFC3339
import Signing
import Testing

@testable import Bundling

struct ClaimRowsTests {
    private static func rows(of payload: String) throws -> ClaimRows {
        let key = try SigningKey.generate()
        let id = try #require(LicenseID("0192e4a0-0000-7000-8000-000000000000"))
        let claims = LicenseClaims(
            issuer: "https://example.com", id: id, issuedAt: try Timestamp(parsing: "2026-01-01"),
            notBefore: try Timestamp(parsing: "2026-01-01"),
            expiresAt: try Timestamp(parsing: "2027-01-01"), payloadMembers: Array(payload.utf8))
        return try ClaimRows(of: TokenSigner(for: key.verificationKey).sign(claims, with: key))
    }

    @Test func `claims are laid out by path, values as they were written`() throws {
        let rows = try Self.rows(
            of: #""a":{"b":[1.0,"x",null,{}],"c":[{"d":1e3},[]]},"e":{},"f":[],"g":"\u00e9""#)
        #expect(
            rows.rows == [
                .init(label: "a.b", values: ["1.0", "x", "null", "(empty)"]),
                .init(label: "a.c[0].d", values: ["1e3"]),
                .init(label: "a.c[1]", values: ["(empty)"]), .init(label: "e", values: ["(empty)"]),
                .init(label: "f", values: ["(empty)"]), .init(label: "g", values: ["é"]),
            ])
        #expect(!rows.isCut)
    }

    @Test(arguments: [
        (1...300).map { #""k\#($0)":1"# }.joined(separator: ","),
        #""list":[\#((1...300).map(String.init).joined(separator: ","))]"#,
        #""list":[\#((1...300).map { "[[\($0)]]" }.joined(separator: ","))]"#,
        #""long":"\#(String(repeating: "x", count: 1001))""#,
        #""\#(String(repeating: "x", count: 1001))":1"#,
    ])
    func `what is too much for a page is cut, and said to be`(payload: String) throws {
        let rows = try Self.rows(of: payload)
        #expect(rows.isCut)
        #expect(rows.rows.count <= 200)
        #expect(rows.rows.allSatisfy { $0.values.count <= 200 && $0.label.count <= 1001 })
        #expect(rows.rows.allSatisfy { $0.values.allSatisfy { $0.count <= 1001 } })
    }
}
