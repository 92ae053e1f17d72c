import CSodium
package import Signatures

/// The file format of a private key that is encrypted with a passphrase. docs/key-file.md describes
/// it.
package enum EncryptedPrivateKey {
    static let firstLine = "coldmint private key 1"
    private static let family = "coldmint private key "
    private static let kdfName = "argon2id"
    private static let cipherName = "xchacha20-poly1305"
    static let nonceByteCount = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    private static let tagByteCount = Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)

    /// Whether the bytes begin like such a file, of any version.
    package static func canBegin(with bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.starts(with: family.utf8)
    }

    package static func encode(
        _ key: borrowing SigningKey, passphrase: borrowing Passphrase, derivation: KeyDerivation
    ) throws(SigningError) -> [UInt8] {
        let header = Header(
            publicKey: key.verificationKey, derivation: derivation,
            salt: try Randomness.bytes(KeyDerivation.saltByteCount),
            nonce: try Randomness.bytes(nonceByteCount))
        return try encode(key, passphrase: passphrase, header: header)
    }

    static func encode(
        _ key: borrowing SigningKey, passphrase: borrowing Passphrase, header: Header
    ) throws(SigningError) -> [UInt8] {
        let secret = try header.derivation.key(from: passphrase, salt: header.salt)
        let authenticated = header.encoded
        var sealed = [UInt8](repeating: 0, count: SigningKey.seedByteCount + tagByteCount)
        key.withSeed { seed in
            secret.withPointer { secret in
                _ = crypto_aead_xchacha20poly1305_ietf_encrypt(
                    &sealed, nil, seed.baseAddress?.assumingMemoryBound(to: UInt8.self),
                    UInt64(seed.count), authenticated, UInt64(authenticated.count), nil,
                    header.nonce, secret)
            }
        }
        let body =
            authenticated + Array("secret: \(Base64.standard.encodeToString(sealed))\n".utf8)
        return body + Array("sha256: \(SHA256Digest(of: body))\n".utf8)
    }

    package static func decode(
        _ bytes: [UInt8], passphrase: borrowing Passphrase
    ) throws(SigningError) -> SigningKey {
        let file = try File(parsing: bytes)
        let secret = try file.header.derivation.key(from: passphrase, salt: file.header.salt)
        let authenticated = file.header.encoded
        var seed = try SecretBytes(count: SigningKey.seedByteCount)
        let status = seed.withMutablePointer { seed in
            secret.withPointer { secret in
                crypto_aead_xchacha20poly1305_ietf_decrypt(
                    seed, nil, nil, file.sealed, UInt64(file.sealed.count), authenticated,
                    UInt64(authenticated.count), file.header.nonce, secret)
            }
        }
        guard status == 0 else { throw .wrongPassphrase }
        let key = try SigningKey(seed: seed)
        guard key.verificationKey == file.header.publicKey else { throw .damagedKeyFile }
        return key
    }

    /// The public half, which can be read without the passphrase.
    package static func publicKey(of bytes: [UInt8]) throws(SigningError) -> VerificationKey {
        try File(parsing: bytes).header.publicKey
    }

    /// The fields before the secret. The encryption authenticates them, so that none can be
    /// exchanged.
    struct Header: Equatable {
        let publicKey: VerificationKey
        let derivation: KeyDerivation
        let salt: [UInt8]
        let nonce: [UInt8]

        var encoded: [UInt8] {
            let base64 = Base64.standard
            let text = """
                \(firstLine)
                public: \(base64.encodeToString(publicKey.bytes))
                kdf: \(kdfName) \(derivation.passes) \(derivation.memoryKiB) \
                \(base64.encodeToString(salt))
                cipher: \(cipherName) \(base64.encodeToString(nonce))

                """
            return Array(text.utf8)
        }
    }

    /// A parsed file. Its checksum is right, so that a failure to decrypt means a wrong passphrase,
    /// unless somebody altered the file and its checksum alike.
    private struct File {
        let header: Header
        let sealed: [UInt8]

        init(parsing bytes: [UInt8]) throws(SigningError) {
            let byteLines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
            let lines = byteLines.map { String(decoding: $0, as: UTF8.self) }
            guard let first = lines.first, first.hasPrefix(family) else { throw .damagedKeyFile }
            guard lines.count == 7, lines[6].isEmpty else {
                throw first == firstLine ? .damagedKeyFile : .unknownKeyFile
            }
            // Counted in the file: bytes that are not UTF-8 have become more in the text.
            let body = bytes[..<byteLines[5].startIndex]
            guard lines[5] == "sha256: \(SHA256Digest(of: body))" else { throw .damagedKeyFile }
            guard
                first == firstLine, lines[2].hasPrefix("kdf: \(kdfName) "),
                lines[3].hasPrefix("cipher: \(cipherName) ")
            else { throw .unknownKeyFile }
            guard
                let header = Self.header(lines),
                header.encoded == Array(body.prefix(header.encoded.count)),
                let sealed = Self.field(lines[4], "secret: "),
                sealed.count == SigningKey.seedByteCount + tagByteCount
            else { throw .damagedKeyFile }
            self.header = header
            self.sealed = sealed
        }

        private static func header(_ lines: [String]) -> Header? {
            let kdf = lines[2].split(separator: " ", omittingEmptySubsequences: false)
            guard
                let publicBytes = field(lines[1], "public: "),
                let publicKey = VerificationKey(bytes: publicBytes),
                kdf.count == 5, let passes = Int(kdf[2]), let memory = Int(kdf[3]),
                let derivation = KeyDerivation(passes: passes, memoryKiB: memory),
                let salt = Base64.standard.decode(kdf[4].utf8),
                salt.count == KeyDerivation.saltByteCount,
                let nonce = field(lines[3], "cipher: \(cipherName) "),
                nonce.count == nonceByteCount
            else { return nil }
            return Header(publicKey: publicKey, derivation: derivation, salt: salt, nonce: nonce)
        }

        private static func field(_ line: String, _ name: String) -> [UInt8]? {
            guard line.hasPrefix(name) else { return nil }
            return Base64.standard.decode(line.dropFirst(name.count).utf8)
        }
    }
}
