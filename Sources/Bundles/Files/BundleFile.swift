/// One file of a bundle; the path is relative to the bundle's folder.
package struct BundleFile {
    package let path: String
    package let bytes: [UInt8]

    static let readme = "README.txt"
    static let page = "index.html"
    static let publicKey = "public-key.pem"
    static let keySet = "jwks.json"
    package static let manifest = "manifest.json"
    package static let checksums = "SHA256SUMS"
    package static let checksumsSignature = "SHA256SUMS.sig"
    package static let checksumsSSHSignature = "SHA256SUMS.sshsig"
    package static let keyStatement = "keys.jws"
    package static let licenses = "licenses"
    package static let token = "license.jwt"
    package static let checkpoint = "checkpoint"
    package static let consistency = "checkpoint.consistency"
    package static let cosignedCheckpoint = "cosigned-checkpoint"
    package static let logProof = "licenses.tlog-proof"
}

extension BundleFile {
    /// Whether the tar holds it before what lies at this path: entries stand in the order of the
    /// bytes of their paths.
    package func isBefore(_ path: String) -> Bool {
        self.path.utf8.lexicographicallyPrecedes(path.utf8)
    }
}

extension BundleFile {
    /// What a file is for, which its path says; no bundle has any other file.
    enum Kind: Equatable {
        case readme
        case page
        case publicKey
        case keySet
        case manifest
        case checksums
        case checksumsSignature
        case checksumsSSHSignature
        case keyStatement
        case checkpoint
        case consistency
        case cosignedCheckpoint
        case logProof
        case token
        case deployment(Presentation.OptionalFile)

        init?(_ path: String) {
            switch path {
            case BundleFile.readme: self = .readme
            case BundleFile.page: self = .page
            case BundleFile.publicKey: self = .publicKey
            case BundleFile.keySet: self = .keySet
            case BundleFile.manifest: self = .manifest
            case BundleFile.checksums: self = .checksums
            case BundleFile.checksumsSignature: self = .checksumsSignature
            case BundleFile.checksumsSSHSignature: self = .checksumsSSHSignature
            case BundleFile.keyStatement: self = .keyStatement
            case BundleFile.checkpoint: self = .checkpoint
            case BundleFile.consistency: self = .consistency
            case BundleFile.cosignedCheckpoint: self = .cosignedCheckpoint
            case BundleFile.logProof: self = .logProof
            default:
                let parts = path.utf8.split(
                    separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
                guard parts.count == 3, parts[0].elementsEqual(BundleFile.licenses.utf8) else {
                    return nil
                }
                if parts[2].elementsEqual(BundleFile.token.utf8) {
                    self = .token
                } else if let name = String(parts[2]),
                    let file = Presentation.OptionalFile(rawValue: name), file != .page
                {
                    self = .deployment(file)
                } else {
                    return nil
                }
            }
        }
    }
}
