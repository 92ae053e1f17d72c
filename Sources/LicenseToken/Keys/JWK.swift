package import Signatures
package import StrictJSON

/// An Ed25519 public key as a JSON Web Key (RFC 7517; RFC 8037, section 2).
package struct JWK: Sendable, Hashable {
    package let key: VerificationKey

    /// What tokens carry as `kid`.
    package let keyID: KeyID

    package init(_ key: VerificationKey) {
        self.key = key
        keyID = KeyID(of: key)
    }

    package var json: OrderedJSON {
        .object([
            "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA",
            "kid": .string(keyID.description), "x": .string(Base64.url.encodeToString(key.bytes)),
        ])
    }
}
