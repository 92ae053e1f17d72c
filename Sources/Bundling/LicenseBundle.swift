package import LicenseToken
package import RFC3339
import Signing

/// One license as a bundle carries it.
package struct BundledLicense: Sendable, Hashable {
    package let id: LicenseID
    package let name: String
    package let description: String?
    package let notBefore: Timestamp
    package let expiresAt: Timestamp
    package let kid: String
    package let token: String

    package init(
        id: LicenseID, name: String, description: String?, notBefore: Timestamp,
        expiresAt: Timestamp, kid: String, token: String
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.notBefore = notBefore
        self.expiresAt = expiresAt
        self.kid = kid
        self.token = token
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
