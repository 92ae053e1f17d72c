import LicenseToken
import Signing
import Slugs
import StrictJSON

/// One file of a bundle; the path is relative to the bundle's folder.
struct BundleFile {
    let path: String
    let bytes: [UInt8]

    static let readme = "README.txt"
    static let page = "index.html"
    static let publicKey = "public-key.pem"
    static let keySet = "jwks.json"
    static let manifest = "manifest.json"
    static let checksums = "SHA256SUMS"
    static let checksumsSignature = "SHA256SUMS.sig"
}

extension BundledLicense {
    private static let slugLimit = 40

    /// `<slug>-<last 12 hex digits of the id>`, at most 53 characters.
    var label: String {
        let slug = slug(of: name, limit: Self.slugLimit)
        return "\(slug.isEmpty ? "license" : slug)-\(id.shortForm)"
    }

    var folder: String { "licenses/\(label)" }

    var tokenPath: String { "\(folder)/license.jwt" }
}

extension LicenseBundle {
    /// Every file but the checksums and their signature, sorted by path.
    func contents(publicKey: VerificationKey) throws(BundleError) -> [BundleFile] {
        var files = [
            BundleFile(path: BundleFile.readme, bytes: try readme(publicKey: publicKey)),
            BundleFile(
                path: BundleFile.publicKey, bytes: Array(PublicKeyPEM.encode(publicKey).utf8)),
            BundleFile(path: BundleFile.keySet, bytes: lines(keys.json)),
            BundleFile(path: BundleFile.manifest, bytes: lines(manifest)),
        ]
        if presentation.files.contains(.page) {
            files.append(
                BundleFile(path: BundleFile.page, bytes: try page(publicKey: publicKey)))
        }
        for license in licenses {
            files.append(BundleFile(path: license.tokenPath, bytes: Array(license.token.utf8)))
            files += try license.deploymentFiles(presentation.files)
        }
        return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private func lines(_ json: OrderedJSON) -> [UInt8] {
        json.pretty() + [UInt8(ascii: "\n")]
    }
}
