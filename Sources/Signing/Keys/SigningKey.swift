import CSodium
package import Signatures

/// An Ed25519 private key (RFC 8032) in guarded memory.
///
/// It can be moved but not copied. Several threads may sign with it at once, since signing only
/// reads the memory.
package struct SigningKey: ~Copyable, Sendable {
    static let seedByteCount = 32

    /// libsodium's secret key: the seed followed by the public key, 64 bytes.
    private let secret: SecretBytes

    /// The public half.
    package let verificationKey: VerificationKey

    /// Whether the private half is locked into RAM, so that it never gets into swap.
    package var isLocked: Bool { secret.isLocked }

    package static func generate() throws(SigningError) -> SigningKey {
        var seed = try SecretBytes(count: seedByteCount)
        seed.withMutablePointer { randombytes_buf($0, seedByteCount) }
        return try SigningKey(seed: seed)
    }

    init(seed: borrowing SecretBytes) throws(SigningError) {
        guard seed.count == Self.seedByteCount else { throw .notAnEd25519PrivateKey }
        var publicBytes = [UInt8](repeating: 0, count: VerificationKey.byteCount)
        var pair = try SecretBytes(count: Self.seedByteCount + VerificationKey.byteCount)
        pair.withMutablePointer { pair in
            seed.withPointer { _ = crypto_sign_ed25519_seed_keypair(&publicBytes, pair, $0) }
        }
        Sodium.wipeStack()
        secret = pair
        verificationKey = VerificationKey(unchecked: publicBytes)
    }

    /// The same message always has the same signature (RFC 8032, section 5.1.6).
    package borrowing func sign(_ message: [UInt8]) -> Signature {
        var signature = [UInt8](repeating: 0, count: Signature.byteCount)
        secret.withPointer { key in
            _ = crypto_sign_ed25519_detached(
                &signature, nil, message, UInt64(message.count), key)
        }
        return Signature(unchecked: signature)
    }

    borrowing func withSeed<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        secret.withUnsafeBytes { key in
            body(UnsafeRawBufferPointer(rebasing: key.prefix(Self.seedByteCount)))
        }
    }
}
