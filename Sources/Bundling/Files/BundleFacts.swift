import LicenseToken
import Signing

/// What README.txt and the page say of a bundle: the same for the writer, who has it from the
/// station, and for the check, which has it from the bundle's other files.
struct BundleFacts {
    /// A page with more licenses would be slow to open and of no use to people.
    static let pageLimit = 1000
    /// More would bury what else there is to read in README.txt.
    static let readmeLimit = 100

    let manifest: Manifest
    let keys: JWKSet
    let publicKey: VerificationKey
    /// Of the licenses that the page shows, in the manifest's order; `nil` for a token that is too
    /// long for an environment variable. It can only be mounted as a file, and would make the page
    /// too large.
    let tokens: [String?]

    init(
        manifest: Manifest, keys: JWKSet, publicKey: VerificationKey, tokens: [String?]
    ) {
        self.manifest = manifest
        self.keys = keys
        self.publicKey = publicKey
        self.tokens = tokens
    }

    init(of bundle: LicenseBundle, publicKey: VerificationKey) {
        let tokens = bundle.licenses.prefix(Self.pageLimit).map { license in
            let isShort = DeploymentFiles.arePossible(tokenByteCount: license.token.utf8.count)
            return isShort ? license.token : nil
        }
        self.init(
            manifest: Manifest(of: bundle), keys: bundle.keys, publicKey: publicKey,
            tokens: tokens)
    }

    /// What README.txt and the page both say.
    func commonContext(_ presentation: Presentation) -> [String: Any] {
        let fingerprint = PublicKeyPEM.fingerprint(publicKey)
        let files = presentation.files
        var context: [String: Any] = [
            "bundle": manifest.bundle, "customer": manifest.customer, "issuer": manifest.issuer,
            "fingerprint": fingerprint.description,
            "spokenFingerprint": SpokenFingerprint.text(of: fingerprint),
            "count": String(manifest.licenses.count), "hasPage": files.contains(.page),
            "hasEnvironment": files.contains(.environment), "hasSecret": files.contains(.secret),
            "hasValues": files.contains(.values),
        ]
        context["vendor"] = presentation.vendorName
        context["support"] = presentation.supportContact
        return context
    }
}
