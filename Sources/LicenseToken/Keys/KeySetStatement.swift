package import Signatures
import StrictJSON

/// A key set in which the newest key introduces itself: `keys.jws`, a JWS in JSON serialization
/// (RFC 7515, section 7.2.1) whose payload is a JWK Set.
///
/// It has two signatures: by the first key of the set, which signs from then on, and by the one before it.
/// Whoever trusts the one before learns the first from it, and nothing of any other key: one that was
/// taken out of the world must not come back by what a later one has signed.
package struct KeySetStatement: Sendable, Hashable {
    package struct Signer: Sendable, Hashable {
        package let kid: KeyID
        let signature: Signature
    }

    package static let maximumByteCount = 2 << 20

    /// The key that is introduced first.
    package let keys: JWKSet
    let newest: Signer
    let predecessor: Signer

    /// The key that is introduced.
    package var kid: KeyID { newest.kid }

    /// - Parameters:
    ///   - keys: first the key that is introduced.
    ///   - newest: its name.
    ///   - predecessor: the name of the key before it.
    ///   - sign: signs the bytes with the key of this name.
    package init<Failure>(
        of keys: JWKSet, introducing newest: KeyID, by predecessor: KeyID,
        _ sign: (KeyID, [UInt8]) throws(Failure) -> Signature
    ) throws(Failure) {
        let payload = Self.payload(of: keys)
        func signer(_ kid: KeyID) throws(Failure) -> Signer {
            let text = Array("\(Self.header(of: kid)).\(payload)".utf8)
            return Signer(kid: kid, signature: try sign(kid, text))
        }
        self.keys = keys
        self.newest = try signer(newest)
        self.predecessor = try signer(predecessor)
    }

    /// Reads what `encoded` writes and nothing else, to the byte. Both signatures are right.
    package init(parsing text: [UInt8]) throws(TokenError) {
        // What is wrong with the JSON is thrown away: the set is malformed either way.
        guard
            text.count <= Self.maximumByteCount,
            let document = try? JSONDocument.parse(text),
            let payload = document.root.member("payload")?.string,
            let decoded = Base64.url.decode(payload.utf8),
            let entries = document.root.member("signatures"), entries.kind == .array,
            entries.count == 2
        else { throw .malformedKeySet }
        keys = try JWKSet(parsing: decoded)
        var signers: [Signer] = []
        for entry in entries.elements {
            // Only the first key can have made the first signature.
            let candidates = signers.isEmpty ? keys.keys.prefix(1) : keys.keys.dropFirst()
            signers.append(try Self.signer(entry, among: candidates, payload))
        }
        (newest, predecessor) = (signers[0], signers[1])
        guard encoded == text else { throw .malformedKeySet }
    }

    private static func signer(
        _ entry: JSONValue, among keys: ArraySlice<JWK>, _ payload: String
    ) throws(TokenError) -> Signer {
        guard
            let header = entry.member("protected")?.string,
            let jwk = keys.first(where: { Self.header(of: $0.keyID) == header }),
            let bytes = entry.member("signature")?.string.flatMap({ Base64.url.decode($0.utf8) }),
            let signature = Signature(bytes: bytes)
        else { throw .malformedKeySet }
        guard jwk.key.isValid(signature, for: Array("\(header).\(payload)".utf8)) else {
            throw .badSignature
        }
        return Signer(kid: jwk.keyID, signature: signature)
    }

    package var encoded: [UInt8] {
        let json = OrderedJSON.object([
            "payload": .string(Self.payload(of: keys)),
            "signatures": .array(
                [newest, predecessor].map { signer in
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
        KeyID(of: key) == newest.kid && KeyID(of: trusted) == predecessor.kid
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
