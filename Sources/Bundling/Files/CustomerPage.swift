import CalendarTime
import LicenseToken
import Signing
import StrictJSON

extension LicenseBundle {
    /// A page with more would be slow to open and of no use to people.
    static let pageLimit = 1000

    /// `index.html`: the customer's view of their licenses, in one file that needs no other.
    func page(publicKey: VerificationKey) throws(BundleError) -> [UInt8] {
        let style = String(decoding: PackageResources.index_css, as: UTF8.self)
        let script = String(decoding: PackageResources.index_js, as: UTF8.self)
        let shown = OrderedJSON.array(licenses.prefix(Self.pageLimit).map(\.pageEntry))
        var context = commonContext(publicKey: publicKey)
        context["style"] = style
        context["styleDigest"] = contentDigest(of: style)
        context["script"] = script
        context["scriptDigest"] = contentDigest(of: script)
        context["keys"] = String(decoding: keys.json.compact(), as: UTF8.self)
        context["licenses"] = String(decoding: shown.compact(), as: UTF8.self)
        context["issuedOn"] = issuedAt.dateOnly
        if licenses.count > Self.pageLimit { context["pageLimit"] = Self.pageLimit }
        return try BundleTemplate.page.render(context)
    }

    /// What the page and README.txt both say.
    func commonContext(publicKey: VerificationKey) -> [String: Any] {
        let fingerprint = PublicKeyPEM.fingerprint(publicKey)
        let files = presentation.files
        var context: [String: Any] = [
            "bundle": name.description, "customer": name.customer, "issuer": issuer,
            "fingerprint": fingerprint.description,
            "spokenFingerprint": SpokenFingerprint.text(of: fingerprint),
            "count": licenses.count, "hasPage": files.contains(.page),
            "hasEnvironment": files.contains(.environment), "hasSecret": files.contains(.secret),
            "hasValues": files.contains(.values),
        ]
        context["vendor"] = presentation.vendorName
        context["support"] = presentation.supportContact
        return context
    }

    /// As a Content-Security-Policy names a script or style (CSP 3, section 2.3.1).
    private func contentDigest(of text: String) -> String {
        "sha256-\(Base64.standard.encodeToString(SHA256Digest(of: text.utf8).bytes))"
    }
}

extension BundledLicense {
    /// What the page's script is told of a license. A token too long for a variable would make the
    /// page itself unusable; it can only be mounted anyway.
    fileprivate var pageEntry: OrderedJSON {
        .object([
            "id": .string(license.id.description), "name": .string(license.name),
            "description": license.description.map(OrderedJSON.string), "folder": .string(folder),
            "notBefore": .integer(license.notBefore.secondsSinceEpoch),
            "expiresAt": .integer(license.expiresAt.secondsSinceEpoch),
            "token": isDeployableAsVariable ? .string(license.token) : nil,
        ])
    }
}
