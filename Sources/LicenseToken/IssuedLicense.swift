package import CalendarTime
package import Signatures

/// A license with its signed token: what the ledger records and a bundle carries.
package struct IssuedLicense: Sendable, Hashable {
    package let id: LicenseID
    /// Unique among the live licenses of the station.
    package var name: String
    package let customer: String
    package var description: String?
    /// The vendor, as a URL.
    package let issuer: String
    package let issuedAt: Timestamp
    package let term: LicenseTerm
    package let origin: LicenseOrigin
    /// Worked out where a bundle tells it: `nil` elsewhere, and where it follows none.
    package var succession: Succession?
    /// The key that signed the token.
    package let kid: KeyID
    package let token: String
    /// The digest of the token's text, taken when its signature was verified.
    package let tokenDigest: SHA256Digest

    package init(
        id: LicenseID, name: String, customer: String, description: String?, issuer: String,
        issuedAt: Timestamp, term: LicenseTerm, origin: LicenseOrigin = LicenseOrigin(),
        kid: KeyID, token: String, tokenDigest: SHA256Digest
    ) {
        self.id = id
        self.name = name
        self.customer = customer
        self.description = description
        self.issuer = issuer
        self.issuedAt = issuedAt
        self.term = term
        self.origin = origin
        self.kid = kid
        self.token = token
        self.tokenDigest = tokenDigest
    }
}
