import LicenseToken
import PlainText

/// A license with the name of its folder in a bundle.
@dynamicMemberLookup
struct BundledLicense: Sendable {
    let license: IssuedLicense
    /// `<slug>-<last 12 hex digits of the id>`, at most 53 characters.
    let label: String

    private static let slugLimit = 40

    init(_ license: IssuedLicense) {
        self.license = license
        let slug = slug(of: license.name, limit: Self.slugLimit)
        label = "\(slug.isEmpty ? "license" : slug)-\(license.id.shortForm)"
    }

    subscript<Member>(dynamicMember member: KeyPath<IssuedLicense, Member>) -> Member {
        license[keyPath: member]
    }
}
