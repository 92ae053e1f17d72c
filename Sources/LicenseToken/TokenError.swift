/// Why a token is refused, or the key to verify it with.
public enum TokenError: Error, Sendable, Equatable {
    /// The text is not a JWS in compact form (RFC 7515, section 3.1): three parts of unpadded
    /// base64url, joined by dots, of which the first two hold JSON objects.
    case malformedToken
    /// The header names another algorithm than EdDSA, or extensions that are not understood, or no
    /// key where there are several.
    case unsupportedHeader
    /// The token names a key (`kid`, from its header) that is not among the trusted ones.
    case unknownKey(kid: String)
    /// The key that the token names did not sign these bytes: they were altered or forged.
    case badSignature
    /// A claim that every license has is missing or of the wrong type. The value is its name.
    case missingClaim(String)
    /// The claim `aud` does not name `license-key`: the token is no license.
    case wrongAudience
    /// The token was issued by another issuer than the expected one. The value is its `iss`.
    case wrongIssuer(String)
    /// The term has not begun. The value is its beginning, in RFC 3339 and UTC.
    case notYetValid(since: String)
    /// The term is over, and its grace where it had one. The value is the end of both (claim `exp`),
    /// in RFC 3339 and UTC.
    case expired(since: String)
    /// The text is not the PEM of an Ed25519 SubjectPublicKeyInfo (RFC 8410).
    case malformedPublicKey
    /// The text is not a JSON Web Key Set (RFC 7517) of Ed25519 keys, each under its thumbprint.
    case malformedKeySet
    /// The payload does not decode as the type that the application asked for. The value says why.
    case unexpectedPayload(String)
}

extension TokenError: CustomStringConvertible {
    /// One sentence for a log or a person, lower case, without a full stop.
    public var description: String {
        switch self {
        case .malformedToken:
            "not a JWT in compact form: three parts of base64url joined by dots are expected"
        case .unsupportedHeader: "the token's header asks for another algorithm than EdDSA"
        case .unknownKey(let kid): "the token was signed by the key \(kid), which is not given here"
        case .badSignature: "the signature does not match: the token was altered or forged"
        case .missingClaim(let name): "the claim \(name) is missing or not of its kind"
        case .wrongAudience: "the token's audience is not license-key"
        case .wrongIssuer(let issuer): "the token was issued by \(issuer)"
        case .notYetValid(let date): "the license is valid only from \(date)"
        case .expired(let date): "the license expired at \(date)"
        case .malformedPublicKey:
            "not the PEM of an Ed25519 public key, which begins with -----BEGIN PUBLIC KEY-----"
        case .malformedKeySet: "not a JSON Web Key Set of Ed25519 keys"
        case .unexpectedPayload(let reason): "the payload has another shape: \(reason)"
        }
    }
}
