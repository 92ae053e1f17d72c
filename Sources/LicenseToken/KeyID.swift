package import Signing
import StrictJSON

/// What a key is called: its thumbprint (RFC 7638), which tokens carry as `kid`. 43 characters of
/// base64url.
package struct KeyID: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let description: String

    package init(of key: VerificationKey) {
        // The members that a thumbprint covers, in its lexicographic order (RFC 8037, section 2).
        let required = OrderedJSON.object([
            "crv": "Ed25519", "kty": "OKP", "x": .string(Base64.url.encodeToString(key.bytes)),
        ])
        description = Base64.url.encodeToString(SHA256Digest(of: required.compact()).bytes)
    }

    /// `nil` unless the text is base64url of 32 bytes.
    package init?(_ text: String) {
        guard Base64.url.decode(text.utf8)?.count == SHA256Digest.byteCount else { return nil }
        description = text
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }
}
