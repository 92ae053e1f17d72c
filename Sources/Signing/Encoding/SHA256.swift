import CNettle

/// A SHA-256 digest (FIPS 180-4), 32 bytes.
package struct SHA256Digest: Sendable, Hashable, CustomStringConvertible {
    package static let byteCount = 32

    private var words: SIMD4<UInt64> = .zero

    /// `nil` unless there are 32 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
    }

    /// `nil` unless there are 64 lower-case hexadecimal digits.
    package init?(hexadecimal digits: some Collection<UInt8>) {
        guard let bytes = Hex.decode(digits) else { return nil }
        self.init(bytes: bytes)
    }

    package init(of message: some Sequence<UInt8>) {
        var hash = SHA256()
        // Without a copy where the bytes lie side by side, as those of arrays and strings do.
        if message.withContiguousStorageIfAvailable({ hash.update(UnsafeRawBufferPointer($0)) })
            == nil
        {
            hash.update(Array(message))
        }
        self = hash.finish()
    }

    fileprivate init(_ write: (UnsafeMutablePointer<UInt8>) -> Void) {
        withUnsafeMutableBytes(of: &words) { bytes in
            bytes.withMemoryRebound(to: UInt8.self) { bytes in
                if let base = bytes.baseAddress { write(base) }
            }
        }
    }

    package var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

    /// 64 lower-case hexadecimal digits.
    package var description: String { Hex.encode(bytes) }
}

/// SHA-256 over bytes that arrive in pieces: Nettle's, which uses the processor's own instructions.
/// Nothing secret is hashed with it.
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

    package consuming func finish() -> SHA256Digest {
        SHA256Digest { nettle_sha256_digest(&state, SHA256Digest.byteCount, $0) }
    }
}
