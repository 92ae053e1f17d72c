package import CalendarTime
package import LicenseToken
import PlainText
package import Signing

/// One license as a bundle carries it.
package struct BundledLicense: Sendable, Hashable {
    package let id: LicenseID
    package let name: String
    package let description: String?
    /// What its token names as its issuer: the vendor's URL at that time.
    package let issuer: String
    package let notBefore: Timestamp
    package let expiresAt: Timestamp
    package let kid: String
    package let token: String
    /// Of the token as it was when its signature was verified.
    package let tokenDigest: SHA256Digest
    /// `<slug>-<last 12 hex digits of the id>`, at most 53 characters: what its folder is called.
    let label: String

    private static let slugLimit = 40

    package init(
        id: LicenseID, name: String, description: String?, issuer: String, notBefore: Timestamp,
        expiresAt: Timestamp, kid: String, token: String, tokenDigest: SHA256Digest
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.issuer = issuer
        self.notBefore = notBefore
        self.expiresAt = expiresAt
        self.kid = kid
        self.token = token
        self.tokenDigest = tokenDigest
        let slug = slug(of: name, limit: Self.slugLimit)
        label = "\(slug.isEmpty ? "license" : slug)-\(id.shortForm)"
    }
}

/// What one customer gets from one run. The same value always makes the same tar.
package struct LicenseBundle: Sendable {
    package let name: BundleName
    package let issuer: String
    package let issuedAt: Timestamp
    package let licenses: [BundledLicense]
    /// Every key that the licenses need, and the one that signs the bundle.
    package let keys: JWKSet
    package let presentation: Presentation

    package init(
        name: BundleName, issuer: String, issuedAt: Timestamp, licenses: [BundledLicense],
        keys: JWKSet, presentation: Presentation = Presentation()
    ) {
        self.name = name
        self.issuer = issuer
        self.issuedAt = issuedAt
        self.licenses = licenses
        self.keys = keys
        self.presentation = presentation
    }
}
