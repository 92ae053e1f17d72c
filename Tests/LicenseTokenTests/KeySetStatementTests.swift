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
            of: JWKSet([newKey, oldKey]), introducing: newKey.keyID, by: oldKey.keyID
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
        let forged = KeySetStatement(
            of: statement.keys, introducing: statement.newest.kid, by: statement.predecessor.kid
        ) { _, _ in Signature(unchecked: [UInt8](repeating: 7, count: Signature.byteCount)) }
        #expect(throws: TokenError.badSignature) { try KeySetStatement(parsing: forged.encoded) }
    }

    /// Whoever has a key that was ended has genuine signatures by later ones, over its name too.
    @Test func `no key can be introduced by what was signed for another one`() throws {
        let first = try SigningKey.generate()
        let second = try SigningKey.generate()
        let third = try SigningKey.generate()
        let jwks = [
            JWK(first.verificationKey), JWK(second.verificationKey), JWK(third.verificationKey),
        ]
        func sign(_ kid: KeyID, _ text: [UInt8]) -> Signature {
            if kid == jwks[0].keyID { return first.sign(text) }
            return kid == jwks[1].keyID ? second.sign(text) : third.sign(text)
        }
        func statement(_ order: [Int], newest: Int, predecessor: Int) -> [UInt8] {
            KeySetStatement(
                of: JWKSet(order.map { jwks[$0] }), introducing: jwks[newest].keyID,
                by: jwks[predecessor].keyID, sign
            ).encoded
        }
        let genuine = try KeySetStatement(
            parsing: statement([0, 1, 2], newest: 0, predecessor: 1))
        #expect(genuine.introduces(jwks[0].key, trusting: jwks[1].key))
        for (key, trusted) in [(1, 0), (2, 0), (2, 1), (0, 2), (0, 0)] {
            #expect(!genuine.introduces(jwks[key].key, trusting: jwks[trusted].key))
        }
        // The two signatures the other way round, by the same key, and of a key in the middle.
        for (newest, predecessor) in [(1, 0), (2, 0), (0, 0), (1, 2)] {
            let text = statement([0, 1, 2], newest: newest, predecessor: predecessor)
            #expect(throws: TokenError.self) { try KeySetStatement(parsing: text) }
        }
        // A third signature before, between and behind the two.
        let text = String(decoding: genuine.encoded, as: UTF8.self)
        let entries = text.split(separator: "    {")
        let another = entries[1].replacing("\n    }\n  ]\n}\n", with: "\n    },\n")
        for place in 1...3 {
            var more = entries.map(String.init)
            more.insert(String(another), at: place)
            let joined = more.joined(separator: "    {")
            #expect(throws: TokenError.malformedKeySet) {
                try KeySetStatement(parsing: Array(joined.utf8))
            }
        }
    }
}
