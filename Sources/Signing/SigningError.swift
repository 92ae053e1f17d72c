/// What can go wrong with keys. No case carries anything of a secret.
package enum SigningError: Error, Sendable, Equatable {
    /// libsodium could not be started (no source of randomness).
    case libraryUnusable
    /// Guarded memory was refused.
    case outOfMemory
    /// A PEM text, but an encrypted one (`BEGIN ENCRYPTED PRIVATE KEY`).
    case encryptedPrivateKey
    /// Not the PKCS#8 PEM of an Ed25519 private key.
    case notAnEd25519PrivateKey
    /// Not the 32 bytes of an Ed25519 public key.
    case notAPublicKey
}

extension SigningError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .libraryUnusable: "libsodium cannot be started on this system"
        case .outOfMemory: "the system refuses guarded memory for a key"
        case .encryptedPrivateKey:
            "the private key is encrypted: decrypt it first, with 'openssl pkey -in OLD -out NEW'"
        case .notAnEd25519PrivateKey:
            "not a PKCS#8 PEM of an Ed25519 private key: make one with "
                + "'openssl genpkey -algorithm ed25519'"
        case .notAPublicKey: "not an Ed25519 public key"
        }
    }
}
