/// Why something could not be done with a key. No case carries any part of a secret.
package enum SigningError: Error, Sendable, Equatable {
    /// libsodium could not be started (no source of randomness).
    case libraryUnusable
    /// Guarded memory was refused.
    case outOfMemory
    /// A PEM text, but an encrypted one (`BEGIN ENCRYPTED PRIVATE KEY`).
    case encryptedPrivateKey
    /// Not the PKCS#8 PEM of an Ed25519 private key.
    case notAnEd25519PrivateKey
    case emptyPassphrase
    /// A passphrase that is longer than 1,024 bytes or holds a NUL.
    case unusablePassphrase
    /// An encrypted key file whose bytes are not those that were written.
    case damagedKeyFile
    /// An encrypted key file of a later version.
    case unknownKeyFile
    /// The passphrase does not open the key file. A file that was altered together with its
    /// checksum gives the same error, since the cipher cannot tell the two apart.
    case wrongPassphrase
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
        case .emptyPassphrase: "the passphrase is empty"
        case .unusablePassphrase:
            "the passphrase is longer than \(Passphrase.maximumByteCount) bytes or holds a NUL"
        case .damagedKeyFile: "the key file is damaged: restore it from a backup"
        case .unknownKeyFile: "the key file was made by a later version of coldmint: use that one"
        case .wrongPassphrase: "the passphrase is wrong"
        }
    }
}
