import LicenseToken
package import Signing

extension LicenseBundle {
    /// Writes the whole bundle as a tar to the descriptor, then reads it back and compares every
    /// file with the signed checksums.
    ///
    /// That the bundle passes its customer's check follows from it: each token was held against
    /// what the bundle says of its license before (`checkAgreement`), its digest was taken when its
    /// signature was verified, and all other files are made from the same values.
    ///
    /// - Returns: the digest of the tar, as it was read back.
    package func write(
        to descriptor: Int32, signedBy key: borrowing SigningKey
    ) throws(BundleError) -> SHA256Digest {
        let licenses = try sortedLicenses()
        try checkAgreement(of: licenses, signedBy: key.verificationKey)
        let common = try commonFiles(publicKey: key.verificationKey)
        func isBefore(_ path: String) -> (BundleFile) -> Bool {
            { $0.path.utf8.lexicographicallyPrecedes(path.utf8) }
        }
        let beforeChecksums = common.prefix(while: isBefore(BundleFile.checksums))
        let rest = common.dropFirst(beforeChecksums.count)
        var writer = BundleWriter(self, to: descriptor)
        try writer.begin(
            checksumsByteCount: checksumsByteCount(common, licenses), before: beforeChecksums)
        for file in rest.prefix(while: isBefore(BundleFile.licenses)) { try writer.add(file) }
        try writer.add(licenses)
        for file in rest.drop(while: isBefore(BundleFile.licenses)) { try writer.add(file) }
        return try writer.finish(signedBy: key)
    }

    private func checksumsByteCount(
        _ common: [BundleFile], _ licenses: [BundledLicense]
    ) -> Int {
        let paths = common.reduce(0) { $0 + Checksums.lineByteCount(path: $1.path.utf8.count) }
        let deployment = presentation.files.filter { $0 != .page }.map(\.rawValue.utf8.count)
        return licenses.reduce(Checksums.title(of: name.description).count + paths) {
            sum, license in
            let isDeployable = DeploymentFiles.arePossible(
                tokenByteCount: license.token.utf8.count)
            let folder = BundleFile.licenses.utf8.count + license.label.utf8.count + 2
            let token = Checksums.lineByteCount(path: folder + BundleFile.token.utf8.count)
            return (isDeployable ? deployment : []).reduce(sum + token) {
                $0 + Checksums.lineByteCount(path: folder + $1)
            }
        }
    }
}
