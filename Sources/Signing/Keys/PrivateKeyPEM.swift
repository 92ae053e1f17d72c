import Signatures

/// PKCS#8 in PEM (RFC 5958, RFC 7468, RFC 8410 section 7), read and written without the seed ever
/// leaving guarded memory. `openssl genpkey -algorithm ed25519` writes exactly this form.
package enum PrivateKeyPEM {
    private static let begin = Array("-----BEGIN PRIVATE KEY-----\n".utf8)
    private static let end = Array("\n-----END PRIVATE KEY-----\n".utf8)
    private static let beginEncrypted = Array("-----BEGIN ENCRYPTED PRIVATE KEY-----".utf8)

    /// OneAsymmetricKey, version 0, algorithm 1.3.101.112, a seed of 32 bytes to follow.
    private static let derPrefix: [UInt8] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ]
    private static let derByteCount = 48
    private static let base64ByteCount = 64

    /// A file with more bytes than this is no key and need not be read.
    package static let maximumByteCount = 4096

    package static func decode(_ text: borrowing SecretBytes) throws(SigningError) -> SigningKey {
        var der = try SecretBytes(count: derByteCount)
        try der.withUnsafeMutableBytes { der throws(SigningError) in
            try text.withUnsafeBytes { text throws(SigningError) in
                let count = Base64.standard.decode(
                    try body(of: text), into: der, ignoring: " \t\r\n")
                guard count == derByteCount, der.starts(with: derPrefix) else {
                    throw .notAnEd25519PrivateKey
                }
            }
        }
        var seed = try SecretBytes(count: SigningKey.seedByteCount)
        seed.withUnsafeMutableBytes { seed in
            der.withUnsafeBytes { der in
                seed.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: der.dropFirst(derPrefix.count)))
            }
        }
        return try SigningKey(seed: seed)
    }

    package static func encode(_ key: borrowing SigningKey) throws(SigningError) -> SecretBytes {
        var der = try SecretBytes(count: derByteCount)
        der.withUnsafeMutableBytes { der in
            der.copyBytes(from: derPrefix)
            let seedBytes = UnsafeMutableRawBufferPointer(rebasing: der.dropFirst(derPrefix.count))
            key.withSeed { seedBytes.copyMemory(from: $0) }
        }
        var text = try SecretBytes(count: begin.count + base64ByteCount + end.count)
        text.withUnsafeMutableBytes { text in
            text.copyBytes(from: begin)
            let body = UnsafeMutableRawBufferPointer(rebasing: text.dropFirst(begin.count))
            der.withUnsafeBytes { Base64.standard.encode($0, into: body) }
            // The last line overwrites the NUL that base64 encoding leaves behind.
            UnsafeMutableRawBufferPointer(rebasing: body.dropFirst(base64ByteCount))
                .copyBytes(from: end)
        }
        return text
    }

    /// The base64 between the first line and the last. Text before the first line is skipped, as
    /// RFC 7468, section 2, asks of parsers.
    private static func body(
        of text: UnsafeRawBufferPointer
    ) throws(SigningError) -> UnsafeRawBufferPointer {
        let header = begin.dropLast()
        let footer = end.dropFirst().dropLast()
        guard let start = firstOffset(of: header, in: text, from: 0) else {
            let isEncrypted = firstOffset(of: beginEncrypted, in: text, from: 0) != nil
            throw isEncrypted ? .encryptedPrivateKey : .notAnEd25519PrivateKey
        }
        let bodyStart = start + header.count
        guard let bodyEnd = firstOffset(of: footer, in: text, from: bodyStart) else {
            throw .notAnEd25519PrivateKey
        }
        return UnsafeRawBufferPointer(rebasing: text[bodyStart..<bodyEnd])
    }

    private static func firstOffset(
        of pattern: some Collection<UInt8>, in text: UnsafeRawBufferPointer, from start: Int
    ) -> Int? {
        guard text.count - start >= pattern.count else { return nil }
        return (start...(text.count - pattern.count)).first { offset in
            text[offset..<offset + pattern.count].elementsEqual(pattern)
        }
    }
}
