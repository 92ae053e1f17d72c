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
        case .page: Self.maximumPageByteCount(shown: Int64(min(count, BundleFacts.pageLimit)))
        }
    }

    /// As much for the tokens as for the rest, up to what the tokens of a page may come to.
    private static func maximumPageByteCount(shown: Int64) -> Int64 {
        let share = shown * 128 * kibibyte
        return 4 * mebibyte + share + min(share, Int64(PageTokens.maximumByteCount))
    }
}

private let kibibyte: Int64 = 1 << 10
private let mebibyte: Int64 = 1 << 20
