/// An Ed25519 signature: R and S, 64 bytes (RFC 8032, section 5.1.6).
package struct Signature: Sendable, Hashable {
    package static let byteCount = 64

    package let bytes: [UInt8]

    /// `nil` unless there are 64 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    package init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }
}
