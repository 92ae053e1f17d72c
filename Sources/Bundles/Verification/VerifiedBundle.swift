import CalendarTime
package import LicenseToken
import SSHSignatures
package import Signatures
import Tar

/// A bundle that was read to its end and found right in every respect: its tar is one that the
/// writer writes, and what its files say of the licenses is what the tokens say.
package struct VerifiedBundle: Sendable {
    package struct Item: Sendable {
        package let name: String
        package let path: String
        package let license: VerifiedLicense
    }

    package let name: String
    package let customer: String
    package let issuer: String
    /// The key that signed the bundle.
    package let publicKey: VerificationKey
    /// Whether that is not the trusted key, but one that the trusted key has signed for in keys.jws.
    package let isIntroduced: Bool
    package let licenses: [Item]
    /// `nil` for a bundle from before there was a log.
    package let log: BundleLogFacts?

    /// Reads a tar from the descriptor and checks all that its customer could check.
    ///
    /// Without a trusted key the bundle's own is used: that shows that nothing was changed since
    /// somebody made it, and not who that was.
    package init(
        readingFrom descriptor: Int32, trusting trustedKey: VerificationKey? = nil
    ) throws(BundleError) {
        let content = try BundleContent(readingFrom: descriptor, trusting: trustedKey)
        let manifest = try Manifest(parsing: try content.file(BundleFile.manifest))
        let bundle = try manifest.name(checkedAgainst: content)
        let keys = try content.keySet()
        let check = LicenseCheck(content: content, customer: manifest.customer, keys: keys)
        var contents = LicenseContents(issuedAt: manifest.issuedAt)
        for entry in manifest.licenses { try contents.add(entry, check) }
        try contents.checkComplete(content)
        try content.checkSSHSignature(of: manifest)
        let facts = BundleFacts(
            manifest: manifest, keys: keys, publicKey: content.publicKey,
            tokens: contents.shown.tokens, recommended: contents.recommended)
        // What README.txt and the page said in the first form only its signature covers.
        if !content.isOfFirstForm { try content.checkTexts(facts, contents.deploymentFiles) }
        let logCheck = LogCheck(
            bundle: bundle, issuedAt: manifest.issuedAt, tokens: contents.tokenDigests,
            publicKey: content.publicKey, keys: keys)
        log = try content.logEvidence().map { evidence throws(BundleError) in
            try logCheck.facts(of: evidence)
        }

        name = manifest.bundle
        customer = manifest.customer
        issuer = manifest.issuer
        publicKey = content.publicKey
        isIntroduced = trustedKey.map { $0 != content.publicKey } ?? false
        licenses = contents.items
    }

    /// Whether a bundle can begin with these bytes. Where it cannot, nothing beyond a few more
    /// blocks need be read to say why.
    package static func canBegin(with block: [UInt8]) -> Bool {
        // What is wrong with them is thrown away: whoever reads the bundle says it.
        (try? TarHeader(parsing: block)) != nil
    }
}

/// What a verified token says of its license, without the vendor's own claims.
package struct VerifiedLicense: Sendable {
    /// The license's UUID, lower case.
    package let subject: String
    package let term: License.Term
}

/// What is known of a bundle's licenses while they are read one after the other.
private struct LicenseContents {
    private(set) var items: [VerifiedBundle.Item] = []
    /// Of the licenses that the page shows.
    private(set) var shown = PageTokens()
    /// Of all licenses.
    private(set) var tokenDigests: [SHA256Digest] = []
    private(set) var recommended: RecommendedLicense?
    private let issuedAt: Timestamp
    private var chosen: Set<Presentation.OptionalFile>?
    private var deploymentFileCount = 0

    init(issuedAt: Timestamp) {
        self.issuedAt = issuedAt
    }

    /// The files that each license has beside its token, unless that is too long.
    var deploymentFiles: Set<Presentation.OptionalFile> { chosen ?? [] }

    mutating func add(_ entry: Manifest.Entry, _ check: LicenseCheck) throws(BundleError) {
        let (license, token) = try check.license(entry)
        tokenDigests.append(SHA256Digest(of: token))
        let isDeployable = DeploymentFiles.arePossible(tokenByteCount: token.count)
        let files = check.deploymentFiles(of: entry)
        guard !isDeployable || files == chosen ?? files else {
            throw .contradiction("\(entry.folder) has other files than the licenses before it")
        }
        if isDeployable { chosen = files }
        try check.check(files, of: entry, token)
        deploymentFileCount += files.count
        recommended = .better(
            than: recommended, entry, isDeployable: isDeployable, at: issuedAt)
        shown.add(String(decoding: token, as: UTF8.self), byteCount: token.count)
        items.append(
            VerifiedBundle.Item(
                name: entry.name, path: entry.path,
                license: VerifiedLicense(subject: license.subject, term: license.term)))
    }

    /// There is nothing under licenses/ that the manifest does not list, and nothing twice in it.
    func checkComplete(_ content: BundleContent) throws(BundleError) {
        let tokenCount = content.count { $0 == .token }
        guard Set(items.map(\.path)).count == items.count, items.count == tokenCount else {
            throw .contradiction("manifest.json does not list each token once")
        }
        let count = content.count { if case .deployment = $0 { true } else { false } }
        guard count == deploymentFileCount else {
            throw .contradiction("a folder under licenses/ has no token")
        }
    }
}

extension Manifest {
    /// The manifest's bundle is that of the folder, and its time that of the tar's entries.
    fileprivate func name(
        checkedAgainst content: BundleContent
    ) throws(BundleError) -> BundleName {
        guard bundle == content.folder else {
            throw .contradiction("manifest.json and the folder name different bundles")
        }
        guard
            bundle.hasPrefix("\(customer)-"),
            let run = Int64(bundle.dropFirst(customer.count + 1)),
            case let name = BundleName(customer: customer, run: run), bundle == name.description
        else { throw .contradiction("the bundle is not named after its customer and a run") }
        guard customer.isPlain else {
            throw .contradiction("manifest.json names a customer as no customer is named")
        }
        guard issuedAt.secondsSinceEpoch == content.time else {
            throw .contradiction("manifest.json names another time than the entries of the tar")
        }
        return name
    }
}

extension BundleContent {
    /// The keys of jwks.json, which holds what the writer writes: the signing key first, none twice.
    fileprivate func keySet() throws(BundleError) -> JWKSet {
        let text = try file(BundleFile.keySet)
        // What is wrong with it is thrown away: no writer of bundles has written it.
        guard
            let keys = try? JWKSet(parsing: text), keys.encoded() == text,
            Set(keys.keys).count == keys.keys.count
        else { throw .malformed(BundleFile.keySet) }
        guard keys.keys.first?.key == publicKey else {
            throw .contradiction("the first key in jwks.json is not the one in public-key.pem")
        }
        return keys
    }

    /// The checksums' other signature is the one that the writer makes, by the same key.
    fileprivate func checkSSHSignature(of manifest: Manifest) throws(BundleError) {
        guard !isOfFirstForm else { return }
        let path = BundleFile.checksumsSSHSignature
        let (text, sums) = (try unlistedFile(path), try unlistedFile(BundleFile.checksums))
        // Why it cannot be read is thrown away: no writer of bundles has written it.
        guard
            IssuerNamespace.isPlain(manifest.issuer),
            let signature = try? SSHSignature(armored: text),
            Array(signature.armored.utf8) == text, signature.publicKey.kind == .ed25519,
            signature.publicKey.key == publicKey, signature.hashAlgorithm == .sha512,
            signature.namespace == IssuerNamespace.ofBundles(manifest.issuer),
            signature.isValid(forDigest: SHA512Digest(of: sums).bytes)
        else { throw .malformed(path) }
    }

    /// What it carries of the log, where it carries any: of two files that belong together both.
    fileprivate func logEvidence() throws(BundleError) -> LogEvidence? {
        let older = [BundleFile.cosignedCheckpoint, BundleFile.consistency]
        let hasOlder = older.contains(where: has)
        guard hasOlder || has(BundleFile.checkpoint) || has(BundleFile.logProof) else { return nil }
        return LogEvidence(
            checkpoint: try file(BundleFile.checkpoint), proof: try file(BundleFile.logProof),
            cosigned: hasOlder
                ? LogEvidence.Cosigned(
                    checkpoint: try file(BundleFile.cosignedCheckpoint),
                    consistency: try file(BundleFile.consistency))
                : nil)
    }

    fileprivate func checkTexts(
        _ facts: BundleFacts, _ deploymentFiles: Set<Presentation.OptionalFile>
    ) throws(BundleError) {
        let files = deploymentFiles.union(has(BundleFile.page) ? [.page] : [])
        guard try facts.agree(withReadme: try file(BundleFile.readme), files) else {
            throw .contradiction(Self.disagreement(BundleFile.readme))
        }
        guard has(BundleFile.page) else { return }
        guard try facts.agree(withPage: try file(BundleFile.page), files) else {
            throw .contradiction(Self.disagreement(BundleFile.page))
        }
    }

    private static func disagreement(_ path: String) -> String {
        "\(path) does not say of the licenses and the key what manifest.json and jwks.json say"
    }
}
