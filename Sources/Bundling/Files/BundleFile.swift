import LicenseToken
import Signing
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
    var folder: String { "licenses/\(label)" }
    var tokenPath: String { "licenses/\(label)/license.jwt" }
}

extension LicenseBundle {
    /// The files that there is one of in a bundle, without checksums and signature, sorted.
    func commonFiles(publicKey: VerificationKey) throws(BundleError) -> [BundleFile] {
        var files = [
            BundleFile(path: BundleFile.readme, bytes: try readme(publicKey: publicKey))
        ]
        if presentation.files.contains(.page) {
            files.append(BundleFile(path: BundleFile.page, bytes: try page(publicKey: publicKey)))
        }
        files += [
            BundleFile(path: BundleFile.keySet, bytes: lines(keys.json)),
            BundleFile(path: BundleFile.manifest, bytes: lines(manifest)),
            BundleFile(
                path: BundleFile.publicKey, bytes: Array(PublicKeyPEM.encode(publicKey).utf8)),
        ]
        return files
    }

    /// The licenses in the order of their folders' paths.
    var sortedLicenses: [BundledLicense] {
        // With the slash that follows, which comes after a hyphen.
        licenses.map { (Array("\($0.label)/".utf8), $0) }
            .sorted { $0.0.lexicographicallyPrecedes($1.0) }
            .map(\.1)
    }

    private func lines(_ json: OrderedJSON) -> [UInt8] {
        json.pretty() + [UInt8(ascii: "\n")]
    }
}
