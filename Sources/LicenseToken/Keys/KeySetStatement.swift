package import Signatures
import StrictJSON

/// A key set with the signatures of those of its keys by which it can be believed: `keys.jws`, a JWS in
/// JSON serialization (RFC 7515, section 7.2.1) whose payload is a JWK Set.
///
/// Whoever trusts one of the signers learns the others from it, as from a letter of introduction.
package struct KeySetStatement: Sendable, Hashable {
    package struct Signer: Sendable, Hashable {
        package let kid: KeyID
        let signature: Signature
    }

    package static let maximumByteCount = 2 << 20

    package let keys: JWKSet
    /// First the key that signs from then on, then the one before it.
    package let signers: [Signer]

    /// - Parameter sign: signs the bytes with the key of this name.
    package init<Failure>(
        of keys: JWKSet, signedBy kids: [KeyID],
        _ sign: (KeyID, [UInt8]) throws(Failure) -> Signature
    ) throws(Failure) {
        self.keys = keys
        let payload = Self.payload(of: keys)
        var signers: [Signer] = []
        for kid in kids {
            let text = Array("\(Self.header(of: kid)).\(payload)".utf8)
            signers.append(Signer(kid: kid, signature: try sign(kid, text)))
        }
        self.signers = signers
    }

    /// Reads what `encoded` writes and nothing else, to the byte. Each signer is one of the keys, and
    /// each signature is right.
    package init(parsing text: [UInt8]) throws(TokenError) {
        // What is wrong with the JSON is thrown away: the set is malformed either way.
        guard
            text.count <= Self.maximumByteCount,
            let document = try? JSONDocument.parse(text),
            let payload = document.root.member("payload")?.string,
            let decoded = Base64.url.decode(payload.utf8),
            let entries = document.root.member("signatures"), entries.kind == .array
        else { throw .malformedKeySet }
        keys = try JWKSet(parsing: decoded)
        var signers: [Signer] = []
        for entry in entries.elements {
            guard
                let header = entry.member("protected")?.string,
                let jwk = keys.keys.first(where: { Self.header(of: $0.keyID) == header }),
                let bytes = entry.member("signature")?.string.flatMap({
                    Base64.url.decode($0.utf8)
                }),
                let signature = Signature(bytes: bytes)
            else { throw .malformedKeySet }
            guard jwk.key.isValid(signature, for: Array("\(header).\(payload)".utf8)) else {
                throw .badSignature
            }
            signers.append(Signer(kid: jwk.keyID, signature: signature))
        }
        self.signers = signers
        guard !signers.isEmpty, encoded == text else { throw .malformedKeySet }
    }

    package var encoded: [UInt8] {
        let json = OrderedJSON.object([
            "payload": .string(Self.payload(of: keys)),
            "signatures": .array(
                signers.map { signer in
                    .object([
                        "protected": .string(Self.header(of: signer.kid)),
                        "signature": .string(Base64.url.encodeToString(signer.signature.bytes)),
                    ])
                }),
        ])
        return json.pretty() + [UInt8(ascii: "\n")]
    }

    /// Whether it makes this key known to whoever trusts the other.
    package func introduces(_ key: VerificationKey, trusting trusted: VerificationKey) -> Bool {
        let known = KeyID(of: trusted)
        return keys.keys.contains { $0.key == key } && signers.contains { $0.kid == known }
    }

    private static func payload(of keys: JWKSet) -> String {
        Base64.url.encodeToString(keys.json.compact())
    }

    private static func header(of kid: KeyID) -> String {
        let header = OrderedJSON.object([
            "alg": "EdDSA", "kid": .string(kid.description), "typ": "jwk-set+json",
        ])
        return Base64.url.encodeToString(header.compact())
    }
}
