import CSodium

/// A SHA-256 digest (FIPS 180-4), 32 bytes.
package struct SHA256Digest: Sendable, Hashable, CustomStringConvertible {
    package static let byteCount = 32

    package let bytes: [UInt8]

    /// `nil` unless there are 32 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    package init(of message: some Sequence<UInt8>) {
        var hash = SHA256()
        hash.update(Array(message))
        self = hash.finish()
    }

    fileprivate init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// 64 lower-case hexadecimal digits.
    package var description: String { Hex.encode(bytes) }
}

/// SHA-256 over bytes that arrive in pieces.
package struct SHA256: ~Copyable {
    private var state = crypto_hash_sha256_state()

    package init() {
        crypto_hash_sha256_init(&state)
    }

    package mutating func update(_ bytes: [UInt8]) {
        crypto_hash_sha256_update(&state, bytes, UInt64(bytes.count))
    }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        crypto_hash_sha256_update(
            &state, base.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
    }

    package consuming func finish() -> SHA256Digest {
        var digest = [UInt8](repeating: 0, count: SHA256Digest.byteCount)
        crypto_hash_sha256_final(&state, &digest)
        return SHA256Digest(unchecked: digest)
    }
}
