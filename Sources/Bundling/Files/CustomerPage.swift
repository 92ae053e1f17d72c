import LicenseToken
import RFC3339
import Signing
import StrictJSON

extension LicenseBundle {
    /// A page with more would be slow to open and of no use to people.
    static let listedLicenseLimit = 1000

    /// `index.html`: the customer's view of their licenses, in one file that needs no other.
    func page(publicKey: VerificationKey) throws(BundleError) -> [UInt8] {
        let style = String(decoding: PackageResources.index_css, as: UTF8.self)
        let script = String(decoding: PackageResources.index_js, as: UTF8.self)
        var entries: [[String: Any]] = []
        for license in licenses.prefix(Self.listedLicenseLimit) {
            entries.append(try pageEntry(license))
        }
        var context = commonContext(publicKey: publicKey)
        context["style"] = style
        context["styleDigest"] = contentDigest(of: style)
        context["script"] = script
        context["scriptDigest"] = contentDigest(of: script)
        context["keys"] = String(decoding: keys.json.compact(), as: UTF8.self)
        context["licenses"] = entries
        context["isSingle"] = licenses.count == 1
        return try BundleTemplate.page.render(context)
    }

    /// What the page and README.txt both say.
    func commonContext(publicKey: VerificationKey) -> [String: Any] {
        let fingerprint = PublicKeyPEM.fingerprint(publicKey)
        var context: [String: Any] = [
            "bundle": name.description, "customer": name.customer, "issuer": issuer,
            "issuedAt": issuedAt.description, "issuedOn": issuedAt.dateOnly,
            "fingerprint": fingerprint.description,
            "spokenFingerprint": SpokenFingerprint.text(of: fingerprint),
            "count": licenses.count,
            "hasPage": presentation.files.contains(.page),
        ]
        context["vendor"] = presentation.vendorName
        context["support"] = presentation.supportContact
        if licenses.count > Self.listedLicenseLimit {
            context["listedCount"] = Self.listedLicenseLimit
        }
        return context
    }

    /// How to use a license, by the files that are there for it.
    func deploymentContext(_ license: BundledLicense) -> [String: Any] {
        var context: [String: Any] = [
            "bundle": name.description, "folder": license.folder, "tokenPath": license.tokenPath,
            "secretName": license.secretName,
        ]
        guard license.isDeployableAsVariable else { return context }
        for file in presentation.files {
            switch file {
            case .page: continue
            case .environment: context["environmentPath"] = license.path(of: file)
            case .secret: context["secretPath"] = license.path(of: file)
            case .values: context["valuesPath"] = license.path(of: file)
            }
        }
        return context
    }

    private func pageEntry(_ license: BundledLicense) throws(BundleError) -> [String: Any] {
        let claims: ClaimRows
        do throws(TokenError) {
            claims = try ClaimRows(of: license.token)
        } catch {
            throw .token(license.tokenPath, error)
        }
        var entry: [String: Any] = [
            "name": license.name, "id": license.id.description,
            "notBefore": license.notBefore.description, "begin": license.notBefore.dateForPeople,
            "expiresAt": license.expiresAt.description, "end": license.expiresAt.dateForPeople,
            "notBeforeSeconds": license.notBefore.secondsSinceEpoch,
            "expiresAtSeconds": license.expiresAt.secondsSinceEpoch,
            "claims": claims.rows.map {
                ["label": $0.label, "values": $0.values] as [String: Any]
            },
            "hasClaims": !claims.rows.isEmpty, "isCut": claims.isCut,
            "deployment": deploymentContext(license),
        ]
        entry["about"] = license.description
        // A longer one would make the page itself unusable; it can only be mounted anyway.
        if license.isDeployableAsVariable { entry["token"] = license.token }
        return entry
    }

    /// As a Content-Security-Policy names a script or style (CSP 3, section 2.3.1).
    private func contentDigest(of text: String) -> String {
        "sha256-\(Base64.standard.encodeToString(SHA256Digest(of: text.utf8).bytes))"
    }
}

extension Timestamp {
    /// `2027-12-01`, and the time of day where it is not midnight.
    fileprivate var dateForPeople: String {
        let time = description.dropFirst(11).dropLast()
        return time == "00:00:00" ? dateOnly : "\(dateOnly) \(time) UTC"
    }
}
