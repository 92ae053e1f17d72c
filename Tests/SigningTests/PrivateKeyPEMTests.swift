import Signatures
import Testing

@testable import Signing

struct PrivateKeyPEMTests {
    /// RFC 8410, section 10.3.
    private static let pem = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        -----END PRIVATE KEY-----

        """
    private static let publicKey =
        "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1"

    @Test func `reads the key of RFC 8410 and writes the same text`() throws {
        let key = try PrivateKeyPEM.decode(secret(Array(Self.pem.utf8)))
        #expect(Hex.encode(key.verificationKey.bytes) == Self.publicKey)
        let text = try PrivateKeyPEM.encode(key)
        #expect(text.withUnsafeBytes { Array($0) } == Array(Self.pem.utf8))
    }

    @Test func `lets text before the key and CRLF pass`() throws {
        let text = "Bag Attributes\r\n" + Self.pem.replacing("\n", with: "\r\n")
        let key = try PrivateKeyPEM.decode(secret(Array(text.utf8)))
        #expect(Hex.encode(key.verificationKey.bytes) == Self.publicKey)
    }

    @Test(arguments: [
        ("x", SigningError.notAnEd25519PrivateKey),
        (pem.replacing("PRIVATE", with: "PUBLIC"), .notAnEd25519PrivateKey),
        (pem.replacing("PRIVATE", with: "ENCRYPTED PRIVATE"), .encryptedPrivateKey),
        (pem.replacing("K2Vw", with: "K2Vu"), .notAnEd25519PrivateKey),
        (pem.replacing("VhC", with: "Vh"), .notAnEd25519PrivateKey),
        (pem.replacing("VhC", with: "VhCAAAA"), .notAnEd25519PrivateKey),
        (pem.replacing("-----END PRIVATE KEY-----", with: ""), .notAnEd25519PrivateKey),
        (pem.replacing("MC4C", with: "M*4C"), .notAnEd25519PrivateKey),
    ])
    func `anything but an unencrypted Ed25519 key is refused`(
        text: String, reason: SigningError
    ) throws {
        #expect(throws: reason) { _ = try PrivateKeyPEM.decode(secret(Array(text.utf8))) }
    }
}
