package import Bundles
package import LicenseToken
package import Signatures
package import Signing

/// Writes a bundle as a tar: each license after the other, each file rendered once.
package struct BundleWriter: ~Copyable {
    private let presentation: Presentation
    private var archive: ChecksummedArchive
    /// Of the licenses that are still to be written.
    private var places: ArraySlice<BundleOutline.Place>
    /// What stands behind the licenses.
    private let lastFiles: ArraySlice<BundleFile>

    /// Writes what stands before the licenses.
    ///
    /// - Parameters:
    ///   - keys: every key that has signed the licenses, and first of all the one that signs the
    ///     bundle.
    ///   - descriptor: written from its beginning; it stays the caller's to close.
    package init(
        _ outline: consuming BundleOutline, keys: JWKSet, signedBy key: VerificationKey,
        to descriptor: Int32
    ) throws(BundleError) {
        try outline.check(keys, signedBy: key)
        try outline.sort()
        let head = outline.head
        let log = head.log?.checkable(with: keys)
        try outline.check(log, keys, signedBy: key)
        let manifest = outline.manifest.finish()
        var rest = try BundleFacts(copy outline, keys: keys, publicKey: key)
            .commonFiles(
                head.presentation, manifest: manifest, log: log, keyStatement: head.keyStatement)[
                ...]
        let linesByteCount = rest.reduce(outline.checksumsByteCount) {
            $0 + Checksums.lineByteCount(path: $1.path.utf8.count)
        }
        var archive = try ChecksummedArchive(of: head, in: descriptor)
        while let file = rest.first, file.isBefore(BundleFile.checksums) {
            try archive.add(rest.removeFirst())
        }
        try archive.addChecksums(linesByteCount: linesByteCount, signedBy: key)
        // With its slash, which comes after a full stop.
        let folder = "\(BundleFile.licenses)/"
        while let file = rest.first, file.isBefore(folder) {
            try archive.add(rest.removeFirst())
        }
        if outline.count > 0 { try archive.addFolder(Array(folder.utf8)) }
        presentation = head.presentation
        places = outline.places[...]
        lastFiles = rest
        self.archive = archive
    }

    /// The next licenses to be written, by their places in the order of issue; none at the end.
    package func nextLicenses(limit: Int) -> [Int] {
        places.prefix(limit).map(\.index)
    }

    /// Writes the next license, which is the one that the outline was given.
    package mutating func add(_ issued: IssuedLicense) throws(BundleError) {
        let license = BundledLicense(issued, presentation.secretNames)
        let folder = license.folderPath
        guard
            let place = places.popFirst(), place.folder == folder,
            place.tokenDigest == issued.tokenDigest
        else {
            throw .contradiction("\(license.folder) was changed while the bundle was written")
        }
        try archive.addFolder(folder)
        let token = Array(issued.token.utf8)
        let deployment = DeploymentFiles(
            of: Manifest.Entry(license), customer: issued.customer, token: token)
        for (file, bytes) in try deployment.files(presentation.files) {
            try archive.add(folder + file.rawValue.utf8, bytes, SHA256Digest(of: bytes))
        }
        try archive.add(folder + BundleFile.token.utf8, token, issued.tokenDigest)
    }

    /// Writes the rest, then reads all of it back and compares every file with the signed
    /// checksums.
    ///
    /// That the bundle passes its customer's check follows from it: each token was held against
    /// what the bundle says of its license before, its digest was taken when its signature was
    /// verified, and all other files are made from the same values.
    ///
    /// - Returns: the digest of the tar, as it was read back.
    package consuming func finish(
        signedBy key: borrowing SigningKey
    ) throws(BundleError) -> SHA256Digest {
        guard places.isEmpty else { throw .missing(BundleFile.licenses) }
        for file in lastFiles { try archive.add(file) }
        return try archive.finish(signedBy: key)
    }
}
