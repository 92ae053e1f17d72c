package import Bundles
package import LicenseToken
import Signatures

/// What a bundle will say of its licenses, gathered one by one before anything is written.
///
/// Their tokens are not kept, but for those that the page shows: the writer is given each license
/// again, so that a bundle may have more of them than memory.
package struct BundleOutline {
    /// A license's folder in the bundle.
    struct Place {
        /// With the slash behind it.
        let folder: [UInt8]
        /// The license's place in the order of issue.
        let index: Int
        let tokenDigest: SHA256Digest
    }

    let head: BundleHead
    var places: [Place] = []
    var manifest: ManifestText
    /// The first licenses, which README.txt and the page show.
    private(set) var shown: [Manifest.Entry] = []
    private(set) var shownTokens = PageTokens()
    private(set) var recommended: RecommendedLicense?
    /// What the licenses' files take in the checksums.
    private(set) var checksumsByteCount = 0
    /// Of each key the first token that it has signed.
    private(set) var signedPaths: [KeyID: String] = [:]
    /// Of the tokens of the license before.
    var form: TokenForm?

    package init(_ head: BundleHead) {
        self.head = head
        manifest = ManifestText(head)
    }

    /// The number of licenses.
    package var count: Int { places.count }

    /// The keys that have signed the licenses.
    package var kids: Set<KeyID> { Set(signedPaths.keys) }

    /// Adds the next license in the order of issue.
    ///
    /// - Throws: where its record contradicts its token.
    package mutating func add(_ issued: IssuedLicense) throws(BundleError) {
        let license = BundledLicense(issued, head.presentation.secretNames)
        try checkAgreement(of: license)
        let entry = Manifest.Entry(license)
        manifest.append(entry)
        let isDeployable = DeploymentFiles.arePossible(tokenByteCount: issued.token.utf8.count)
        recommended = .better(
            than: recommended, entry, isDeployable: isDeployable, at: head.issuedAt)
        if shown.count < BundleFacts.pageLimit { shown.append(entry) }
        shownTokens.add(issued.token, byteCount: issued.token.utf8.count)
        if signedPaths[issued.kid] == nil { signedPaths[issued.kid] = entry.path }
        let folder = license.folderPath
        var files = [BundleFile.token.utf8.count]
        if isDeployable { files += deploymentNames }
        checksumsByteCount += files.reduce(0) {
            $0 + Checksums.lineByteCount(path: folder.count + $1)
        }
        places.append(
            Place(folder: folder, index: places.count, tokenDigest: issued.tokenDigest))
    }

    private var deploymentNames: [Int] {
        head.presentation.files.filter { $0 != .page }.map(\.rawValue.utf8.count)
    }
}

extension BundleFacts {
    init(_ outline: BundleOutline, keys: JWKSet, publicKey: VerificationKey) {
        let head = outline.head
        self.init(
            bundle: head.name.description, customer: head.name.customer, issuer: head.issuer,
            issuedAt: head.issuedAt, licenseCount: outline.count, shown: outline.shown[...],
            tokens: outline.shownTokens.tokens, keys: keys, publicKey: publicKey,
            recommended: outline.recommended)
    }
}
