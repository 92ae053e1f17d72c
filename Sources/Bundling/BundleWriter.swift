import LicenseToken
package import Signing

extension LicenseBundle {
    /// Writes the whole bundle as a tar to the descriptor, then reads it back and holds every file
    /// in it against what was to be written.
    ///
    /// A token is known to be valid by its digest, which was taken when its signature was verified.
    /// The key must be the one whose public half the bundle's key set holds.
    package func write(
        to descriptor: Int32, signedBy key: borrowing SigningKey
    ) throws(BundleError) {
        let common = try commonFiles(publicKey: key.verificationKey)
        let licenses = sortedLicenses
        let checksums = try checksums(common, licenses)
        let sums = checksums.encoded()
        let signature = key.sign(sums)
        let signed = [
            BundleFile(path: BundleFile.checksums, bytes: sums),
            BundleFile(path: BundleFile.checksumsSignature, bytes: signature.bytes),
        ]
        try write(
            (common + signed).sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) },
            licenses, to: descriptor)
        try checkWritten(descriptor, checksums, signedBy: key.verificationKey)
    }

    private static let licensesFolder = "licenses/"

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
        _ descriptor: Int32, _ checksums: Checksums, signedBy key: VerificationKey
    ) throws(BundleError) {
        let content = try BundleContent(readingFrom: descriptor, keepingTokens: false)
        guard try content.checkedPublicKey(trusting: key) == key else { throw .otherKey }
        guard try content.file(BundleFile.checksums) == checksums.encoded() else {
            throw .changed(BundleFile.checksums)
        }
        try content.check(checksums)
    }
}
