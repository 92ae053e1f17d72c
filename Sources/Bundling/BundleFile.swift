import LicenseToken
import Signing
import Slugs
import StrictJSON

/// One file of a bundle; the path is relative to the bundle's folder.
struct BundleFile {
    let path: String
    let bytes: [UInt8]

    static let readme = "README.txt"
    static let publicKey = "public-key.pem"
    static let keySet = "jwks.json"
    static let manifest = "manifest.json"
    static let checksums = "SHA256SUMS"
    static let checksumsSignature = "SHA256SUMS.sig"
}

extension BundledLicense {
    private static let slugLimit = 40

    /// `licenses/<slug>-<last 12 hex digits of the id>`
    var folder: String {
        let slug = slug(of: name, limit: Self.slugLimit)
        return "licenses/\(slug.isEmpty ? "license" : slug)-\(id.shortForm)"
    }

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
        files += licenses.map { BundleFile(path: $0.tokenPath, bytes: Array($0.token.utf8)) }
        return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private func lines(_ json: OrderedJSON) -> [UInt8] {
        json.pretty() + [UInt8(ascii: "\n")]
    }
}
