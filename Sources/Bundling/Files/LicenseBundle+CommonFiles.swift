import LicenseToken
import Signing
import StrictJSON

extension LicenseBundle {
    /// The files that there is one of in a bundle, without checksums and signature, sorted.
    func commonFiles(publicKey: VerificationKey) throws(BundleError) -> [BundleFile] {
        let facts = BundleFacts(of: self, publicKey: publicKey)
        var files = [
            BundleFile(path: BundleFile.readme, bytes: try facts.readme(presentation))
        ]
        if presentation.files.contains(.page) {
            files.append(BundleFile(path: BundleFile.page, bytes: try facts.page(presentation)))
        }
        files += [
            BundleFile(path: BundleFile.keySet, bytes: keys.encoded()),
            BundleFile(path: BundleFile.manifest, bytes: facts.manifest.encoded()),
            BundleFile(
                path: BundleFile.publicKey, bytes: Array(PublicKeyPEM.encode(publicKey).utf8)),
        ]
        return files
    }
}

extension JWKSet {
    /// `jwks.json`.
    func encoded() -> [UInt8] {
        json.pretty() + [UInt8(ascii: "\n")]
    }
}
