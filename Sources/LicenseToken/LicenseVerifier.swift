import CalendarTime
public import Foundation
import Signing
import StrictJSON

/// Checks license tokens offline, for the application that they license.
///
/// The public key has to come with the application, not with the token.
public struct LicenseVerifier: Sendable {
    private let keys: JWKSet
    private let issuer: String?

    /// Trusts one key, and only tokens of `issuer` where it is given.
    ///
    /// - Parameter publicKeyPEM: SubjectPublicKeyInfo (RFC 8410), the text of `public-key.pem`.
    public init(publicKeyPEM: String, issuer: String? = nil) throws(TokenError) {
        self.init(keys: JWKSet([JWK(try PublicKeyPEM.decode(publicKeyPEM))]), issuer: issuer)
    }

    /// Trusts every key of a set, so that tokens go on verifying while the vendor changes keys.
    ///
    /// - Parameter keySet: JSON Web Key Set (RFC 7517), the text of `jwks.json`.
    public init(keySet: String, issuer: String? = nil) throws(TokenError) {
        self.init(keys: try JWKSet(parsing: Array(keySet.utf8)), issuer: issuer)
    }

    package init(keys: JWKSet, issuer: String?) {
        self.keys = keys
        self.issuer = issuer
    }

    /// The license, where signature, audience, issuer and term are right.
    ///
    /// - Parameters:
    ///   - token: JWS compact form (RFC 7515); white space around it is not accepted.
    ///   - date: the time at which it must be valid.
    ///   - leeway: seconds by which the clock may be off.
    public func verify(
        _ token: String, at date: Date = Date(), leeway: TimeInterval = 0
    ) throws(TokenError) -> License {
        let license = try authenticate(token)
        guard date.addingTimeInterval(leeway) >= license.notBefore else {
            throw .notYetValid(since: license.term.notBefore.description)
        }
        guard date.addingTimeInterval(-leeway) < license.expiresAt else {
            throw .expired(since: license.term.expiresAt.description)
        }
        return license
    }

    /// Everything that `verify` checks but the term.
    package func authenticate(_ token: String) throws(TokenError) -> License {
        let signed = try SignedToken(token)
        guard let kid = KeyID(signed.kid), let key = keys.key(kid) else {
            throw .unknownKey(kid: signed.kid)
        }
        try signed.verifySignature(by: key)
        let license = try License(claims: try signed.claims(), kid: kid)
        if let issuer, issuer != license.issuer { throw .wrongIssuer(license.issuer) }
        return license
    }
}
