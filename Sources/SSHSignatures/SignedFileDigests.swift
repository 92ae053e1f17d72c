package import Signatures

/// The digests of a file, by either of which a signature may name it.
package struct SignedFileDigests: Sendable, Hashable {
    package let sha256: SHA256Digest
    package let sha512: SHA512Digest

    package init(sha256: SHA256Digest, sha512: SHA512Digest) {
        self.sha256 = sha256
        self.sha512 = sha512
    }

    package init(of file: some Collection<UInt8>) {
        self.init(sha256: SHA256Digest(of: file), sha512: SHA512Digest(of: file))
    }
}
