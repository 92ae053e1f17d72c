import CSodium
package import Signatures

extension SHA256Digest {
    /// The digest of a secret; libsodium wipes what it computes it with.
    package init(ofSecret secret: borrowing SecretBytes) {
        let count = secret.count
        self.init(writtenBy: { digest in
            secret.withPointer { _ = crypto_hash_sha256(digest, $0, UInt64(count)) }
        })
    }
}
