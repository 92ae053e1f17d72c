/// Why a token, or the key to check it with, is refused.
public enum TokenError: Error, Sendable, Equatable {
    /// Not three parts of unpadded base64url around JSON objects (RFC 7515, section 3.1).
    case malformedToken
    /// The header names another algorithm than EdDSA, or extensions that are not understood.
    case unsupportedHeader
    /// The token names a key that is not among the given ones.
    case unknownKey(kid: String)
    /// The key did not sign these bytes.
    case badSignature
    /// A claim that every license has is missing or of the wrong kind.
    case missingClaim(String)
    /// The token is for somebody else than `license-key`.
    case wrongAudience
    /// The token was issued by somebody else than expected.
    case wrongIssuer(String)
    /// Its term has not begun.
    case notYetValid(since: String)
    /// Its term is over.
    case expired(since: String)
    /// Not a SubjectPublicKeyInfo PEM of an Ed25519 key.
    case malformedPublicKey
    /// Not a JSON Web Key Set of Ed25519 keys with thumbprints as key ids.
    case malformedKeySet
    /// The payload has not the shape that the application asked for.
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
