import CNettle

/// SHA-256 over bytes that arrive in pieces. Nettle computes it, with the processor's own
/// instructions. Secrets must not be hashed with it, since its state is not wiped.
package struct SHA256: ~Copyable {
    private var state = sha256_ctx()

    package init() {
        nettle_sha256_init(&state)
    }

    package mutating func update(_ bytes: [UInt8]) {
        nettle_sha256_update(&state, bytes.count, bytes)
    }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        nettle_sha256_update(&state, bytes.count, base.assumingMemoryBound(to: UInt8.self))
    }

    package mutating func update(_ digest: SHA256Digest) {
        digest.withBytes { update($0) }
    }

    package consuming func finish() -> SHA256Digest {
        SHA256Digest(writtenBy: { nettle_sha256_digest(&state, SHA256Digest.byteCount, $0) })
    }
}
