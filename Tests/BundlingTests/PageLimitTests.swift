import CalendarTime
import LicenseToken
import Signatures
import Signing
import Testing

@testable import Bundles

/// How much a page holds.
struct PageLimitTests {
    @Test func `of more licenses than a page shows it shows the first, and says so`() throws {
        let key = try SigningKey.generate().verificationKey
        func page(_ count: Int) throws -> String {
            let facts = BundleFacts(
                bundle: "acme-000001", customer: "acme", issuer: "https://example.com",
                issuedAt: try Timestamp(parsing: "2026-11-23"), licenseCount: count, shown: [],
                tokens: [], keys: JWKSet([JWK(key)]), publicKey: key,
                recommended: nil)
            return String(decoding: try facts.page(Presentation()), as: UTF8.self)
        }
        #expect(try page(20_001).contains("This page shows the first 20000 of 20001 licenses."))
        #expect(try !page(20_000).contains("This page shows the first 20000"))
    }

    @Test func `tokens that would make the page too large are left out`() {
        var tokens = PageTokens()
        for _ in 1...1400 { tokens.add("a", byteCount: 100_000) }
        tokens.add("b", byteCount: 200_000)
        tokens.add("c", byteCount: 10_000)
        let fitting = PageTokens.maximumByteCount / 100_000
        #expect(tokens.tokens.prefix(fitting).allSatisfy { $0 == "a" })
        #expect(tokens.tokens[fitting..<1401].allSatisfy { $0 == nil })
        #expect(tokens.tokens.last == "c")
        var many = PageTokens()
        for _ in 1...BundleFacts.pageLimit + 1 { many.add("a", byteCount: 1) }
        #expect(many.tokens.count == BundleFacts.pageLimit)
    }
}
