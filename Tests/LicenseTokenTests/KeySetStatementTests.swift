import Signatures
import Signing
import StrictJSON
import Testing

@testable import LicenseToken

struct KeySetStatementTests {
    /// Two keys, and what both have signed: the new one first.
    private static func make() throws -> (KeySetStatement, new: JWK, old: JWK) {
        let new = try SigningKey.generate()
        let old = try SigningKey.generate()
        let (newKey, oldKey) = (JWK(new.verificationKey), JWK(old.verificationKey))
        let statement = KeySetStatement(
            of: JWKSet([newKey, oldKey]), signedBy: [newKey.keyID, oldKey.keyID]
        ) { kid, text in
            kid == newKey.keyID ? new.sign(text) : old.sign(text)
        }
        return (statement, newKey, oldKey)
    }

    @Test func `what was written is read, and makes a key known to whoever trusts the other`()
        throws
    {
        let (statement, new, old) = try Self.make()
        let read = try KeySetStatement(parsing: statement.encoded)
        #expect(read == statement)
        #expect(read.introduces(new.key, trusting: old.key))
        let stranger = try SigningKey.generate().verificationKey
        #expect(!read.introduces(new.key, trusting: stranger))
        #expect(!read.introduces(stranger, trusting: old.key))
    }

    @Test func `it is a JWS over a JWK Set`() throws {
        let (statement, new, _) = try Self.make()
        let root = try JSONDocument.parse(statement.encoded).root
        let payload = try #require(root.member("payload")?.string)
        #expect(Base64.url.decode(payload.utf8) == statement.keys.json.compact())
        let header = root.member("signatures")?.elements.lazy.compactMap {
            $0.member("protected")?.string
        }.first
        #expect(
            header.flatMap { Base64.url.decode($0.utf8) }
                == Array(#"{"alg":"EdDSA","kid":"\#(new.keyID)","typ":"jwk-set+json"}"#.utf8))
    }

    @Test func `nothing else is read`() throws {
        let (statement, _, _) = try Self.make()
        let text = String(decoding: statement.encoded, as: UTF8.self)
        let (other, _, _) = try Self.make()
        let payload = try #require(
            try JSONDocument.parse(statement.encoded).root.member("payload")?.string)
        let otherPayload = try #require(
            try JSONDocument.parse(other.encoded).root.member("payload")?.string)
        for wrong in [
            "", "{}", text + "\n", text.replacing("  ", with: " "), String(text.dropLast(3)),
            text.replacing(payload, with: otherPayload),
            text.replacing(#""signature": ""#, with: #""signature": "A"#),
            text.replacing(#""protected": "e"#, with: #""protected": "f"#),
        ] {
            #expect(throws: TokenError.self) { try KeySetStatement(parsing: Array(wrong.utf8)) }
        }
        let forged = KeySetStatement(of: statement.keys, signedBy: statement.signers.map(\.kid)) {
            _, _ in Signature(unchecked: [UInt8](repeating: 7, count: Signature.byteCount))
        }
        #expect(throws: TokenError.badSignature) { try KeySetStatement(parsing: forged.encoded) }
        let unsigned = KeySetStatement(of: statement.keys, signedBy: []) { _, _ in
            Signature(unchecked: [])
        }
        #expect(throws: TokenError.malformedKeySet) {
            try KeySetStatement(parsing: unsigned.encoded)
        }
    }
}
