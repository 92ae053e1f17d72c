package import LicenseToken
package import Signatures
package import Signing

/// Signs license tokens with one key: JWS compact serialization (RFC 7515, section 7.1), EdDSA
/// (RFC 8037, section 3.1).
package struct TokenSigner: Sendable {
    package let jwk: JWK
    private let encodedHeader: [UInt8]

    package init(for key: VerificationKey) {
        jwk = JWK(key)
        encodedHeader = TokenForm.encodedHeader(kid: jwk.keyID)
    }

    /// Returns the signed token. The signature is verified first, since a signature that a hardware
    /// fault has spoilt can betray the private key.
    package func sign(
        _ claims: LicenseClaims, with key: borrowing SigningKey
    ) throws(TokenError) -> String {
        var token = encodedHeader
        token.append(UInt8(ascii: "."))
        token += Base64.url.encodePublic(claims.encoded())
        let signature = key.sign(token)
        guard jwk.key.isValid(signature, for: token) else { throw .badSignature }
        token.append(UInt8(ascii: "."))
        token += Base64.url.encodePublic(signature.bytes)
        return String(decoding: token, as: UTF8.self)
    }
}
