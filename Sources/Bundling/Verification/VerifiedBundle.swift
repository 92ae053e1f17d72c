package import LicenseToken
package import Signing

/// A bundle that was read to its end and found right in every respect.
package struct VerifiedBundle: Sendable {
    package struct Item: Sendable {
        package let name: String
        package let path: String
        package let license: License
    }

    package let name: String
    package let customer: String
    package let issuer: String
    /// The key that signed the bundle.
    package let publicKey: VerificationKey
    package let licenses: [Item]

    /// Reads a tar from the descriptor and checks all that its customer could check.
    ///
    /// Without a trusted key the bundle's own is used: that shows that nothing was changed since
    /// somebody made it, and not who that was.
    package init(
        readingFrom descriptor: Int32, trusting trustedKey: VerificationKey? = nil
    ) throws(BundleError) {
        let content = try BundleContent(readingFrom: descriptor, keepingTokens: true)
        publicKey = try content.checkedPublicKey(trusting: trustedKey)
        try content.check(Checksums(parsing: try content.file(BundleFile.checksums)))

        let manifest = try ManifestSummary(parsing: try content.file(BundleFile.manifest))
        guard manifest.bundle == content.folder else {
            throw .contradiction("manifest.json and the folder name different bundles")
        }
        name = manifest.bundle
        customer = manifest.customer
        issuer = manifest.issuer
        licenses = try content.licenses(of: manifest, signedBy: publicKey)
    }
}

extension BundleContent {
    /// The key that signed the checksums, where it is the trusted one, if there is one.
    func checkedPublicKey(
        trusting trustedKey: VerificationKey?
    ) throws(BundleError) -> VerificationKey {
        let text = String(decoding: try file(BundleFile.publicKey), as: UTF8.self)
        guard let key = try? PublicKeyPEM.decode(text) else {
            throw .malformed(BundleFile.publicKey)
        }
        if let trustedKey, trustedKey != key { throw .otherKey }
        guard let signature = Signature(bytes: try file(BundleFile.checksumsSignature)) else {
            throw .malformed(BundleFile.checksumsSignature)
        }
        guard key.isValid(signature, for: try file(BundleFile.checksums)) else {
            throw .badSignature
        }
        return key
    }

    /// Every file is named by the checksums and has the bytes that they name, and none is missing.
    func check(_ checksums: Checksums) throws(BundleError) {
        guard checksums.bundle == folder else {
            throw .contradiction("SHA256SUMS and the folder name different bundles")
        }
        for entry in checksums.entries {
            guard let digest = digests[entry.path] else { throw .missing(entry.path) }
            guard digest == entry.digest else { throw .changed(entry.path) }
        }
        let unlisted: Set = [BundleFile.checksums, BundleFile.checksumsSignature]
        if digests.count != checksums.entries.count + unlisted.count {
            let added = Set(digests.keys).subtracting(checksums.entries.map(\.path))
                .subtracting(unlisted)
            throw .added(added.min() ?? "")
        }
        if let strayFolder {
            throw .strangeEntry(strayFolder, "is a folder without a file of the bundle in it")
        }
    }

    fileprivate func licenses(
        of manifest: ManifestSummary, signedBy publicKey: VerificationKey
    ) throws(BundleError) -> [VerifiedBundle.Item] {
        guard let keys = try? JWKSet(parsing: try file(BundleFile.keySet)) else {
            throw .malformed(BundleFile.keySet)
        }
        guard keys.keys.contains(where: { $0.key == publicKey }) else {
            throw .contradiction("jwks.json lacks the key in public-key.pem")
        }
        let verifier = LicenseVerifier(keys: keys, issuer: nil)
        var items: [VerifiedBundle.Item] = []
        for entry in manifest.entries {
            let token = String(decoding: try file(entry.path), as: UTF8.self)
            let license: License
            do throws(TokenError) {
                license = try verifier.authenticate(token)
            } catch {
                throw .token(entry.path, error)
            }
            guard license.issuer == entry.issuer else {
                throw .token(entry.path, .wrongIssuer(license.issuer))
            }
            guard license.subject == entry.id else {
                throw .contradiction("manifest.json gives \(entry.path) another id than its token")
            }
            items.append(.init(name: entry.name, path: entry.path, license: license))
        }
        guard Set(items.map(\.path)) == tokenPaths, items.count == tokenPaths.count else {
            throw .contradiction("manifest.json does not list each token once")
        }
        return items
    }
}
