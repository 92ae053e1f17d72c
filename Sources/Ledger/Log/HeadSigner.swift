import Bundles
package import Signatures

/// What is needed from outside of the ledger to sign a head of the log.
package struct HeadSigner {
    package static let seedByteCount = 32

    /// The vendor's URL, which the first origin begins with.
    let issuer: String
    let publicKey: VerificationKey
    let sign: ([UInt8]) -> Signature
    /// Of 32 random bytes, from which the salts of a run's bundles are derived.
    private let seed: [UInt8]

    package init(
        issuer: String, publicKey: VerificationKey, seed: [UInt8],
        sign: @escaping ([UInt8]) -> Signature
    ) {
        self.issuer = issuer
        self.publicKey = publicKey
        self.seed = seed
        self.sign = sign
    }

    func salt(for bundle: BundleName) -> [UInt8] {
        Self.salt(for: bundle, from: seed)
    }

    static func salt(for bundle: BundleName, from seed: [UInt8]) -> [UInt8] {
        Array(
            SHA256Digest(of: seed + bundle.description.utf8).bytes
                .prefix(BundleEntry.saltByteCount))
    }
}
