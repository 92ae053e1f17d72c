package import Signatures
import StrictJSON

/// The id of a signing key, which tokens carry as `kid`: the key's thumbprint (RFC 7638), 43
/// characters of base64url.
package struct KeyID: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    /// `nil` for anything but the one text of 32 bytes in unpadded base64url.
    package init?(_ text: String) {
        guard Base64.url.decode(text.utf8)?.count == SHA256Digest.byteCount else { return nil }
        description = text
    }

    package init(of key: VerificationKey) {
        // The members that a thumbprint covers, in lexicographic order (RFC 8037, section 2).
        let required = OrderedJSON.object([
            "crv": "Ed25519", "kty": "OKP", "x": .string(Base64.url.encodeToString(key.bytes)),
        ])
        description = Base64.url.encodeToString(SHA256Digest(of: required.compact()).bytes)
    }
}
