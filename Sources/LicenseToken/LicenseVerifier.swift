package import CalendarTime
public import FoundationEssentials
import Signatures
import StrictJSON

/// Verifies license tokens offline, in the application that they license.
///
/// Ship the public key with the application. A key that comes with the token proves nothing.
public struct LicenseVerifier: Sendable {
    private let keys: JWKSet
    /// The key that is for every token, whatever key it names.
    private let onlyKey: JWK?
    private let issuer: String?

    /// Makes a verifier that trusts one key. Whether a token names it (`kid`) is not looked at.
    ///
    /// - Parameters:
    ///   - publicKeyPEM: an Ed25519 SubjectPublicKeyInfo in PEM (RFC 8410), which is the text of
    ///     `public-key.pem` in a bundle. Text around it is skipped.
    ///   - issuer: the vendor's URL as it stands in `iss`, compared character by character. Tokens
    ///     of other issuers are refused. `nil` accepts every issuer.
    /// - Throws: `TokenError.malformedPublicKey`.
    public init(publicKeyPEM: String, issuer: String? = nil) throws(TokenError) {
        let key = JWK(try PublicKeyPEM.decode(publicKeyPEM))
        self.init(keys: JWKSet([key]), onlyKey: key, issuer: issuer)
    }

    /// Makes a verifier that trusts every key of a set, so that tokens go on verifying when the
    /// vendor changes the signing key.
    ///
    /// - Parameters:
    ///   - keySet: a JSON Web Key Set (RFC 7517) of at most 1 MiB, which is the text of `jwks.json`
    ///     in a bundle. An Ed25519 key has its RFC 7638 thumbprint for a `kid`; keys of other kinds
    ///     are skipped.
    ///   - issuer: the vendor's URL as it stands in `iss`, compared character by character. Tokens
    ///     of other issuers are refused. `nil` accepts every issuer.
    /// - Throws: `TokenError.malformedKeySet`.
    public init(keySet: String, issuer: String? = nil) throws(TokenError) {
        self.init(keys: try JWKSet(parsing: Array(keySet.utf8)), issuer: issuer)
    }

    package init(keys: JWKSet, issuer: String?) {
        self.init(keys: keys, onlyKey: nil, issuer: issuer)
    }

    private init(keys: JWKSet, onlyKey: JWK?, issuer: String?) {
        self.keys = keys
        self.onlyKey = onlyKey
        self.issuer = issuer
    }

    /// Returns the license of a token whose signature, audience, issuer and term are right. A license
    /// in grace is still valid; `License.phase(at:leeway:)` says so. Whether it covers the application's
    /// version is not looked at; `License.covers(releasedAt:)` says that.
    ///
    /// - Parameters:
    ///   - token: the token in JWS compact form (RFC 7515), which is the text of `license.jwt` in a
    ///     bundle. White space around it is not accepted.
    ///   - date: the time at which the license must be valid.
    ///   - leeway: the number of seconds by which the clock may be off.
    /// - Throws: the first fault found: `TokenError.malformedToken`, `.unsupportedHeader`,
    ///   `.unknownKey`, `.badSignature`, `.missingClaim`, `.wrongAudience`, `.wrongIssuer`,
    ///   `.notYetValid` or `.expired`.
    public func verify(
        _ token: String, at date: Date = Date(), leeway: TimeInterval = 0
    ) throws(TokenError) -> License {
        let license = try authenticate(token)
        _ = try license.phase(at: date, leeway: leeway)
        return license
    }

    /// The same for those who count in whole seconds.
    package func verify(_ token: String, at time: Timestamp) throws(TokenError) -> License {
        try verify(token, at: time.date)
    }

    /// Returns the claims of a token whose signature is right, and looks at none of them: an
    /// application that decides for itself has to look at `aud`, `iss` and the term.
    ///
    /// - Parameter token: the token in JWS compact form (RFC 7515).
    /// - Returns: a JSON object in UTF-8, as it was signed.
    /// - Throws: `TokenError.malformedToken`, `.unsupportedHeader`, `.unknownKey` or `.badSignature`.
    public func authenticClaims(of token: String) throws(TokenError) -> Data {
        let signed = try SignedToken(token)
        _ = try verifySignature(of: signed)
        return Data(try signed.claims().bytes)
    }

    /// Checks everything that `verify` checks, except for the term.
    package func authenticate(_ token: String) throws(TokenError) -> License {
        let signed = try SignedToken(token)
        let kid = try verifySignature(of: signed)
        let license = try License(claims: try signed.claims(), kid: kid)
        if let issuer, issuer != license.issuer { throw .wrongIssuer(license.issuer) }
        return license
    }

    /// Returns the id of the key that has signed the token.
    private func verifySignature(of signed: SignedToken) throws(TokenError) -> KeyID {
        if let onlyKey {
            do {
                try signed.verifySignature(by: onlyKey.key)
                return onlyKey.keyID
            } catch {
                // A token that names another key was hardly altered.
                guard let kid = signed.kid, kid != onlyKey.keyID.description else { throw error }
                throw .unknownKey(kid: kid)
            }
        }
        guard let name = signed.kid else { throw .unsupportedHeader }
        guard let kid = KeyID(name), let key = keys.key(kid) else { throw .unknownKey(kid: name) }
        try signed.verifySignature(by: key)
        return kid
    }
}
