import CSodium

/// An Ed25519 public key (RFC 8032): checks signatures and can do nothing else.
package struct VerificationKey: Sendable, Hashable {
    package static let byteCount = 32

    package let bytes: [UInt8]

    package init(bytes: [UInt8]) throws(SigningError) {
        guard bytes.count == Self.byteCount else { throw .notAPublicKey }
        self.bytes = bytes
    }

    init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether this key's owner signed exactly these bytes. Small-order keys and non-canonical
    /// signatures are refused, as libsodium does.
    package func isValid(_ signature: Signature, for message: [UInt8]) -> Bool {
        crypto_sign_ed25519_verify_detached(
            signature.bytes, message, UInt64(message.count), bytes) == 0
    }
}

/// An Ed25519 signature: R and S, 64 bytes (RFC 8032, section 5.1.6).
package struct Signature: Sendable, Hashable {
    package static let byteCount = 64

    package let bytes: [UInt8]

    /// `nil` unless there are 64 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }
}
