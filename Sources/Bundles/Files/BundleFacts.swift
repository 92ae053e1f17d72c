package import CalendarTime
package import LicenseToken
package import Signatures

/// What README.txt and the page say of a bundle: the same for the writer, who has it from the
/// station, and for the check, which has it from the bundle's other files.
package struct BundleFacts {
    /// A page with more licenses would be slow to open and of no use to people.
    package static let pageLimit = 20_000
    /// More would bury what else there is to read in README.txt.
    static let readmeLimit = 100

    let bundle: String
    let customer: String
    let issuer: String
    let issuedAt: Timestamp
    let licenseCount: Int
    /// The licenses that the page shows, in the order of issue.
    let shown: ArraySlice<Manifest.Entry>
    /// Of these; `nil` for one that is not in the page.
    let tokens: [String?]
    let keys: JWKSet
    let publicKey: VerificationKey
    /// The one that commands are shown for; `nil` where there is none.
    let recommended: RecommendedLicense?

    package init(
        bundle: String, customer: String, issuer: String, issuedAt: Timestamp, licenseCount: Int,
        shown: ArraySlice<Manifest.Entry>, tokens: [String?], keys: JWKSet,
        publicKey: VerificationKey, recommended: RecommendedLicense?
    ) {
        self.bundle = bundle
        self.customer = customer
        self.issuer = issuer
        self.issuedAt = issuedAt
        self.licenseCount = licenseCount
        self.shown = shown
        self.tokens = tokens
        self.keys = keys
        self.publicKey = publicKey
        self.recommended = recommended
    }

    /// What README.txt and the page both say.
    func commonValues(_ presentation: Presentation) -> [String: TemplateValue] {
        let fingerprint = PublicKeyPEM.fingerprint(publicKey)
        let files = presentation.files
        var values: [String: TemplateValue] = [
            "bundle": .text(bundle), "customer": .text(customer), "issuer": .text(issuer),
            "fingerprint": .text(fingerprint.description),
            "spokenFingerprint": .text(SpokenFingerprint.text(of: fingerprint)),
            "count": .text(String(licenseCount)), "hasPage": .flag(files.contains(.page)),
            "hasEnvironment": .flag(files.contains(.environment)),
            "hasSecret": .flag(files.contains(.secret)),
            "hasValues": .flag(files.contains(.values)),
        ]
        values["vendor"] = presentation.vendorName.map(TemplateValue.text)
        values["support"] = presentation.supportContact.map(TemplateValue.text)
        return values
    }
}

extension BundleFacts {
    init(
        manifest: Manifest, keys: JWKSet, publicKey: VerificationKey, tokens: [String?],
        recommended: RecommendedLicense?
    ) {
        self.init(
            bundle: manifest.bundle, customer: manifest.customer, issuer: manifest.issuer,
            issuedAt: manifest.issuedAt, licenseCount: manifest.licenses.count,
            shown: manifest.licenses.prefix(Self.pageLimit), tokens: tokens, keys: keys,
            publicKey: publicKey, recommended: recommended)
    }
}
