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
    package let notBefore: Timestamp
    /// The license is not valid at this instant any more.
    package let expiresAt: Timestamp
    /// The key that signed the token.
    package let kid: KeyID
    package let token: String
    /// The digest of the token's text, taken when its signature was verified.
    package let tokenDigest: SHA256Digest

    package init(
        id: LicenseID, name: String, customer: String, description: String?, issuer: String,
        issuedAt: Timestamp, notBefore: Timestamp, expiresAt: Timestamp, kid: KeyID, token: String,
        tokenDigest: SHA256Digest
    ) {
        self.id = id
        self.name = name
        self.customer = customer
        self.description = description
        self.issuer = issuer
        self.issuedAt = issuedAt
        self.notBefore = notBefore
        self.expiresAt = expiresAt
        self.kid = kid
        self.token = token
        self.tokenDigest = tokenDigest
    }
}
