import CNettle

/// SHA-512 over bytes that arrive in pieces. Nettle computes it. Secrets must not be hashed with it,
/// since its state is not wiped.
package struct SHA512: ~Copyable {
    private var state = sha512_ctx()

    package init() {
        nettle_sha512_init(&state)
    }

    package mutating func update(_ bytes: [UInt8]) {
        nettle_sha512_update(&state, bytes.count, bytes)
    }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        nettle_sha512_update(&state, bytes.count, base.assumingMemoryBound(to: UInt8.self))
    }

    package consuming func finish() -> SHA512Digest {
        var bytes = [UInt8](repeating: 0, count: SHA512Digest.byteCount)
        nettle_sha512_digest(&state, bytes.count, &bytes)
        return SHA512Digest(whole: bytes)
    }
}
