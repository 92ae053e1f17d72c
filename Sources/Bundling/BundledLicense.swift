import Bundles
import LicenseToken
import PlainText
import Signatures
import Slugs

/// A license with the name of its folder in a bundle.
@dynamicMemberLookup
struct BundledLicense: Sendable {
    let license: IssuedLicense
    /// `<slug>-<last 12 hex digits of the id>`, at most 53 characters.
    let label: String
    private let secretNames: SecretName.Pattern

    private static let slugLimit = 40

    init(_ license: IssuedLicense, _ secretNames: SecretName.Pattern) {
        self.license = license
        self.secretNames = secretNames
        label = "\(Self.plainName(license.name))-\(license.id.shortForm)"
    }

    /// A name in letters that every system takes.
    private static func plainName(_ name: String) -> String {
        let slug = slug(of: name, limit: slugLimit)
        return slug.isEmpty ? "license" : slug
    }

    /// The same of two names only where they are the same: where letters were left away at the end, or
    /// all of them, some of the name's digest stand behind it.
    private static func lastingName(_ name: String) -> String {
        let slug = slug(of: name, limit: slugLimit)
        guard slug.isEmpty || slug.utf8.count >= slugLimit - 1 else { return slug }
        let digits = SHA256Digest(of: name.utf8).description.prefix(8)
        return "\(slug.isEmpty ? "license" : slug)-\(digits)"
    }

    /// `nil` where the customer or product is called as none can be, which a check finds.
    var secretName: SecretName? {
        let name = Self.lastingName(TermNaming.commonName(of: license.name))
        return secretNames.name { field in
            switch field {
            case .customer: license.customer
            case .product: license.origin.product?.name ?? name
            case .name: name
            }
        }
    }

    subscript<Member>(dynamicMember member: KeyPath<IssuedLicense, Member>) -> Member {
        license[keyPath: member]
    }
}

extension BundledLicense {
    var folder: String { "\(BundleFile.licenses)/\(label)" }
    /// The folder with the slash behind it.
    var folderPath: [UInt8] {
        var path: [UInt8] = []
        path.reserveCapacity(BundleFile.licenses.utf8.count + label.utf8.count + 2)
        path += BundleFile.licenses.utf8
        path.append(UInt8(ascii: "/"))
        path += label.utf8
        path.append(UInt8(ascii: "/"))
        return path
    }
    var tokenPath: String { "\(folder)/\(BundleFile.token)" }
}

extension Manifest.Entry {
    init(_ license: BundledLicense) {
        self.init(
            id: license.id, name: license.name, description: license.description,
            issuer: license.issuer, term: license.term, succession: license.succession,
            kid: license.kid, product: license.origin.product?.name,
            secretName: license.secretName, path: license.tokenPath)
    }
}
