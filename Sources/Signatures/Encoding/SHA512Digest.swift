/// A SHA-512 digest (FIPS 180-4), 64 bytes.
package struct SHA512Digest: Sendable, Hashable, CustomStringConvertible {
    package static let byteCount = 64

    package let bytes: [UInt8]

    /// `nil` unless there are 64 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    init(whole bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(of message: some Sequence<UInt8>) {
        var hash = SHA512()
        hash.update(Array(message))
        self = hash.finish()
    }

    /// 128 lower-case hexadecimal digits.
    package var description: String { Hex.encode(bytes) }
}
