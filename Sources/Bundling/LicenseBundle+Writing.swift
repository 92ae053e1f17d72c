import LicenseToken
package import Signing

extension LicenseBundle {
    /// Writes the whole bundle as a tar to the descriptor, then reads it back and checks all that
    /// its customer will check, and that it is what was to be written.
    ///
    /// A token's signature is known to be right by its digest, which was taken when the signature
    /// was verified; what the token says is read anew and compared.
    package func write(
        to descriptor: Int32, signedBy key: borrowing SigningKey
    ) throws(BundleError) {
        let common = try commonFiles(publicKey: key.verificationKey)
        let licenses = sortedLicenses
        let sums = try checksums(common, licenses).encoded()
        let signature = key.sign(sums)
        let signed = [
            BundleFile(path: BundleFile.checksums, bytes: sums),
            BundleFile(path: BundleFile.checksumsSignature, bytes: signature.bytes),
        ]
        try write(
            (common + signed).sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) },
            licenses, to: descriptor)
        try checkWritten(descriptor, sums, signedBy: key.verificationKey)
    }

    private static let licensesFolder = "\(BundleFile.licenses)/"

    private func checksums(
        _ common: [BundleFile], _ licenses: [BundledLicense]
    ) throws(BundleError) -> Checksums {
        var entries: [Checksums.Entry] = []
        let isBefore = { (file: BundleFile) in
            file.path.utf8.lexicographicallyPrecedes(Self.licensesFolder.utf8)
        }
        func add(_ file: BundleFile) {
            entries.append(.init(path: file.path, digest: SHA256Digest(of: file.bytes)))
        }
        for file in common where isBefore(file) { add(file) }
        for license in licenses {
            for file in try license.deploymentFiles(presentation.files) { add(file) }
            entries.append(.init(path: license.tokenPath, digest: license.tokenDigest))
        }
        for file in common where !isBefore(file) { add(file) }
        return Checksums(bundle: name.description, sortedEntries: entries)
    }

    /// License by license, so that their files are never all in memory.
    private func write(
        _ common: [BundleFile], _ licenses: [BundledLicense], to descriptor: Int32
    ) throws(BundleError) {
        let archive = try ArchiveWriter(descriptor: descriptor, time: issuedAt)
        let root = "\(name)/"
        try archive.addFolder(root)
        let split = common.firstIndex {
            Self.licensesFolder.utf8.lexicographicallyPrecedes($0.path.utf8)
        }
        for file in common[..<(split ?? common.endIndex)] {
            try archive.addFile(root + file.path, file.bytes)
        }
        if !licenses.isEmpty { try archive.addFolder(root + Self.licensesFolder) }
        for license in licenses {
            try archive.addFolder("\(root)\(license.folder)/")
            for file in try license.deploymentFiles(presentation.files) {
                try archive.addFile(root + file.path, file.bytes)
            }
            try archive.addFile(root + license.tokenPath, Array(license.token.utf8))
        }
        for file in common[(split ?? common.endIndex)...] {
            try archive.addFile(root + file.path, file.bytes)
        }
        try archive.finish()
    }

    private func checkWritten(
        _ descriptor: Int32, _ sums: [UInt8], signedBy key: VerificationKey
    ) throws(BundleError) {
        let written = try VerifiedBundle(
            readingFrom: descriptor, trusting: key,
            knowingTokens: Set(licenses.map(\.tokenDigest)))
        guard written.checksumsDigest == SHA256Digest(of: sums) else {
            throw .changed(BundleFile.checksums)
        }
    }
}
