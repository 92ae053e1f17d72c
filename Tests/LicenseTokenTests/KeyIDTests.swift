import Testing

@testable import LicenseToken

struct KeyIDTests {
    /// RFC 8037, appendix A.3.
    static let text = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"

    @Test func `the id of a key is the thumbprint that RFC 8037 gives`() throws {
        #expect(KeyID(of: try JWKTests.key()).description == Self.text)
        #expect(JWK(try JWKTests.key()).keyID == KeyID(Self.text))
    }

    @Test(arguments: [
        "", "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4", text + "k", text + "=",
        "kPrK/qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
        "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4l",
    ])
    func `what is not 32 bytes in base64url is no key id`(text: String) {
        #expect(KeyID(text) == nil)
    }
}
