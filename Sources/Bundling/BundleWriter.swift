package import Signing

extension LicenseBundle {
    /// Writes the whole bundle as a tar to the descriptor.
    ///
    /// The key must be the one whose public half the bundle's key set holds.
    package func write(
        to descriptor: Int32, signedBy key: borrowing SigningKey
    ) throws(BundleError) {
        let files = try signedContents(key)
        let archive = try ArchiveWriter(descriptor: descriptor, time: issuedAt)
        var folders: Set<String> = []
        for file in files {
            let path = "\(name)/\(file.path)"
            for folder in Self.parents(of: path) where folders.insert(folder).inserted {
                try archive.addFolder(folder)
            }
            try archive.addFile(path, file.bytes)
        }
        try archive.finish()
    }

    private func signedContents(_ key: borrowing SigningKey) throws(BundleError) -> [BundleFile] {
        let files = try contents(publicKey: key.verificationKey)
        var digests: [String: SHA256Digest] = [:]
        for file in files { digests[file.path] = SHA256Digest(of: file.bytes) }
        let checksums = Checksums(bundle: name.description, digests: digests).encoded()
        let signed = [
            BundleFile(path: BundleFile.checksums, bytes: checksums),
            BundleFile(path: BundleFile.checksumsSignature, bytes: key.sign(checksums).bytes),
        ]
        return (files + signed).sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// `a/`, `a/b/` for `a/b/c`.
    private static func parents(of path: String) -> [String] {
        path.indices.filter { path[$0] == "/" }.map { String(path[...$0]) }
    }
}
