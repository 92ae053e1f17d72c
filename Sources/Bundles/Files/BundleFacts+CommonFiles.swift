import LicenseToken
import Signatures
import StrictJSON

extension BundleFacts {
    /// The files that there is one of in a bundle, without checksums and signature, sorted.
    ///
    /// - Parameter manifest: what is in `manifest.json`.
    package func commonFiles(
        _ presentation: Presentation, manifest: [UInt8], log: LogEvidence?
    ) throws(BundleError) -> [BundleFile] {
        var files = [BundleFile(path: BundleFile.readme, bytes: try readme(presentation, log))]
        if presentation.files.contains(.page) {
            files.append(BundleFile(path: BundleFile.page, bytes: try page(presentation)))
        }
        files += [
            BundleFile(path: BundleFile.keySet, bytes: keys.encoded()),
            BundleFile(path: BundleFile.manifest, bytes: manifest),
            BundleFile(
                path: BundleFile.publicKey, bytes: Array(PublicKeyPEM.encode(publicKey).utf8)),
        ]
        files += log?.files ?? []
        return files.sorted { $0.isBefore($1.path) }
    }
}

extension JWKSet {
    /// `jwks.json`.
    func encoded() -> [UInt8] {
        json.pretty() + [UInt8(ascii: "\n")]
    }
}
