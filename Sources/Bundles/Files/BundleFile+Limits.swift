import LicenseToken

extension BundleFile.Kind {
    /// The most that a file of this kind has, in a bundle with so many licenses: a multiple of what
    /// the writer comes to with the longest names, descriptions and changes, so that a check takes no more
    /// memory for a file than a bundle can need, whatever its header claims. `docs/bundles.md`
    /// names them.
    func maximumByteCount(licenses count: Int) -> Int64 {
        switch self {
        case .publicKey, .checksumsSignature, .checksumsSSHSignature: 4 * kibibyte
        case .keySet: mebibyte
        case .keyStatement: 2 * mebibyte
        case .readme: mebibyte + Int64(min(count, BundleFacts.readmeLimit)) * 64 * kibibyte
        case .checkpoint, .cosignedCheckpoint: 256 * kibibyte
        // Each holds a checkpoint and more.
        case .consistency, .logProof: 512 * kibibyte
        case .deployment: 256 * kibibyte
        case .token: Int64(SignedToken.maximumByteCount)
        case .checksums: mebibyte + Int64(count) * kibibyte
        case .manifest: mebibyte + Int64(count) * 96 * kibibyte
        case .page: 4 * mebibyte + Int64(min(count, BundleFacts.pageLimit)) * 256 * kibibyte
        }
    }
}

private let kibibyte: Int64 = 1 << 10
private let mebibyte: Int64 = 1 << 20
