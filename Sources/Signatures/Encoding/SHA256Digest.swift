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

    /// Lends the bytes, without a copy.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(of: words, body)
    }

    package func appendHexadecimal(to text: inout [UInt8]) {
        withUnsafeBytes(of: words) { bytes in
            for byte in bytes { Hex.append(byte, to: &text) }
        }
    }

    /// 64 lower-case hexadecimal digits.
    package var description: String { Hex.encode(bytes) }
}
