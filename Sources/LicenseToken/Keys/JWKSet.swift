package import Signatures
package import StrictJSON

/// A set of keys (RFC 7517, section 5).
package struct JWKSet: Sendable, Hashable {
    package static let maximumByteCount = 1 << 20

    package let keys: [JWK]

    package init(_ keys: [JWK]) {
        self.keys = keys
    }

    package var json: OrderedJSON {
        .object(["keys": .array(keys.map(\.json))])
    }

    package func key(_ id: KeyID) -> VerificationKey? {
        keys.first { $0.keyID == id }?.key
    }

    /// Reads the Ed25519 keys of a set. Keys of other kinds and keys that no token can name are
    /// skipped (RFC 7517, section 5). An Ed25519 key with another name than its thumbprint is an
    /// error, since Coldmint writes none.
    package init(parsing text: [UInt8]) throws(TokenError) {
        // What is wrong with the JSON is thrown away: the set is malformed either way.
        guard
            text.count <= Self.maximumByteCount,
            let document = try? JSONDocument.parse(text),
            let entries = document.root.member("keys"), entries.kind == .array
        else { throw .malformedKeySet }
        var keys: [JWK] = []
        for entry in entries.elements {
            guard entry.kind == .object else { throw .malformedKeySet }
            guard
                entry.member("kty")?.string == "OKP", entry.member("crv")?.string == "Ed25519",
                let kid = entry.member("kid")?.string
            else { continue }
            guard
                let encoded = entry.member("x")?.string,
                let bytes = Base64.url.decode(encoded.utf8),
                let key = VerificationKey(bytes: bytes)
            else { throw .malformedKeySet }
            let jwk = JWK(key)
            guard kid == jwk.keyID.description else { throw .malformedKeySet }
            keys.append(jwk)
        }
        self.init(keys)
    }
}
