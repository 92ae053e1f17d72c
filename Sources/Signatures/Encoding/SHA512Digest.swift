/// A SHA-512 digest (FIPS 180-4), 64 bytes.
package struct SHA512Digest: Sendable, Hashable, CustomStringConvertible {
    package static let byteCount = 64

    private var words: SIMD8<UInt64> = .zero

    /// `nil` unless there are 64 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
    }

    package init(of message: some Sequence<UInt8>) {
        var hash = SHA512()
        // Arrays and strings lend their bytes without a copy.
        if message.withContiguousStorageIfAvailable({ hash.update(UnsafeRawBufferPointer($0)) })
            == nil
        {
            hash.update(Array(message))
        }
        self = hash.finish()
    }

    package init(writtenBy write: (UnsafeMutablePointer<UInt8>) -> Void) {
        withUnsafeMutableBytes(of: &words) { bytes in
            bytes.withMemoryRebound(to: UInt8.self) { bytes in
                if let base = bytes.baseAddress { write(base) }
            }
        }
    }

    package var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

    /// 128 lower-case hexadecimal digits.
    package var description: String { Hex.encode(bytes) }
}
