package import LicenseToken
import Signatures
import StrictJSON

extension BundleFacts {
    /// The files that there is one of in a bundle, without checksums and signature, sorted.
    ///
    /// - Parameters:
    ///   - manifest: what is in `manifest.json`.
    ///   - keyStatement: what is in `keys.jws`, where there is one.
    package func commonFiles(
        _ presentation: Presentation, manifest: [UInt8], log: LogEvidence?,
        keyStatement: KeySetStatement?
    ) throws(BundleError) -> [BundleFile] {
        let readme = try readme(presentation, log, hasKeyStatement: keyStatement != nil)
        var files = [BundleFile(path: BundleFile.readme, bytes: readme)]
        if let keyStatement {
            files.append(BundleFile(path: BundleFile.keyStatement, bytes: keyStatement.encoded))
        }
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
