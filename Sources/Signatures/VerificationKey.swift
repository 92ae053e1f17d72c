import CSodium

/// An Ed25519 public key (RFC 8032), 32 bytes, which checks signatures.
package struct VerificationKey: Sendable, Hashable {
    package static let byteCount = 32

    package let bytes: [UInt8]

    /// `nil` unless there are 32 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    package init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether the bytes are the one encoding of a point that a signer's scalar can make: of the
    /// group of prime order, on the curve, and not of small order.
    package var isPointOfMainGroup: Bool {
        crypto_core_ed25519_is_valid_point(bytes) == 1
    }

    /// Whether the owner of this key signed exactly these bytes. libsodium refuses keys of small
    /// order and signatures that are not canonical.
    package func isValid(_ signature: Signature, for message: [UInt8]) -> Bool {
        crypto_sign_ed25519_verify_detached(
            signature.bytes, message, UInt64(message.count), bytes) == 0
    }
}
