import Signatures
import StrictJSON
import Testing

@testable import LicenseToken

struct JWKTests {
    /// RFC 8037, appendix A.
    static let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"

    static func key() throws -> VerificationKey {
        try #require(Base64.url.decode(x.utf8).flatMap(VerificationKey.init))
    }

    @Test func `the thumbprint is that of RFC 8037`() throws {
        #expect(
            JWK(try Self.key()).keyID.description == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
    }

    @Test func `a set is read back as it was written`() throws {
        let set = JWKSet([JWK(try Self.key())])
        #expect(try JWKSet(parsing: set.json.compact()) == set)
        #expect(set.json.compactText.contains(#""x":"\#(Self.x)""#))
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[1]}"#,
        #"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"another","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#,
        #"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"a","x":"AA"}]}"#,
    ])
    func `a set with Ed25519 keys that are not under their thumbprints is refused`(text: String) {
        #expect(throws: TokenError.malformedKeySet) { try JWKSet(parsing: Array(text.utf8)) }
    }

    @Test func `keys of other kinds and keys without a name in a set are skipped`() throws {
        let set = JWKSet([JWK(try Self.key())])
        let text = set.json.compactText.replacing(
            #"{"keys":["#,
            with: #"{"keys":[{"kty":"EC","crv":"P-256","kid":"a"},{"kty":"new","of":{}},"#
                + #"{"kty":"OKP","crv":"X25519","kid":"b","x":"\#(Self.x)"},"#
                + #"{"kty":"OKP","crv":"Ed25519","kid":7,"x":"\#(Self.x)"},"#
                + #"{"kty":"OKP","crv":"Ed25519","x":"\#(Self.x)"},"#)
        #expect(try JWKSet(parsing: Array(text.utf8)) == set)
    }

    /// The key of RFC 8410, section 10.1, as openssl writes it.
    @Test func `a public key written as PEM is read back the same`() throws {
        let pem = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
            -----END PUBLIC KEY-----

            """
        let key = try PublicKeyPEM.decode(pem)
        #expect(PublicKeyPEM.encode(key) == pem)
        #expect(try PublicKeyPEM.decode("noise\r\n" + pem.replacing("\n", with: "\r\n")) == key)
        for wrong in ["", pem.replacing("MCow", with: "MCox"), pem.replacing("uE=", with: "uE")] {
            #expect(throws: TokenError.malformedPublicKey) { try PublicKeyPEM.decode(wrong) }
        }
    }
}
