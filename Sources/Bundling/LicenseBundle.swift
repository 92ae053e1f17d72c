package import CalendarTime
package import LicenseToken

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
        name: BundleName, issuer: String, issuedAt: Timestamp, licenses: [IssuedLicense],
        keys: JWKSet, presentation: Presentation = Presentation()
    ) {
        self.name = name
        self.issuer = issuer
        self.issuedAt = issuedAt
        self.licenses = licenses.map(BundledLicense.init)
        self.keys = keys
        self.presentation = presentation
    }
}
