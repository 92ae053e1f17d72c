import CalendarTime
import LicenseToken
import StrictJSON

extension LicenseBundle {
    /// `manifest.json`: what the bundle holds, for programs.
    var manifest: OrderedJSON {
        .object([
            "bundle": .string(name.description),
            "customer": .string(name.customer),
            "issuer": .string(issuer),
            "issuedAt": .string(issuedAt.description),
            "licenses": .array(licenses.map { $0.manifestEntry(besides: issuer) }),
        ])
    }
}

extension BundledLicense {
    /// An issuer is named where it is another than the bundle's, which the vendor has changed since.
    fileprivate func manifestEntry(besides bundleIssuer: String) -> OrderedJSON {
        .object([
            "id": .string(license.id.description),
            "name": .string(license.name),
            "description": license.description.map(OrderedJSON.string),
            "issuer": license.issuer == bundleIssuer ? nil : .string(license.issuer),
            "notBefore": .string(license.notBefore.description),
            "expiresAt": .string(license.expiresAt.description),
            "kid": .string(license.kid.description),
            "path": .string(tokenPath),
        ])
    }
}

/// The parts of a manifest that a check compares with the tokens.
struct ManifestSummary {
    struct Entry {
        let id: String
        let name: String
        let issuer: String
        let path: String
    }

    let bundle: String
    let customer: String
    let issuer: String
    let entries: [Entry]

    init(parsing bytes: [UInt8]) throws(BundleError) {
        guard
            let document = try? JSONDocument.parse(bytes),
            let bundle = document.root.member("bundle")?.string,
            let customer = document.root.member("customer")?.string,
            let issuer = document.root.member("issuer")?.string,
            let licenses = document.root.member("licenses"), licenses.kind == .array
        else { throw .malformed(BundleFile.manifest) }
        self.bundle = bundle
        self.customer = customer
        self.issuer = issuer
        var entries: [Entry] = []
        entries.reserveCapacity(licenses.count)
        for license in licenses.elements {
            guard
                let id = license.member("id")?.string, let name = license.member("name")?.string,
                let path = license.member("path")?.string
            else { throw .malformed(BundleFile.manifest) }
            let own = license.member("issuer")
            guard own == nil || own?.string != nil else { throw .malformed(BundleFile.manifest) }
            entries.append(Entry(id: id, name: name, issuer: own?.string ?? issuer, path: path))
        }
        self.entries = entries
    }
}
