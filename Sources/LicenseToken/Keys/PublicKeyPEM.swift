package import Signatures

/// SubjectPublicKeyInfo in PEM (RFC 7468, section 13; RFC 8410, section 4).
package enum PublicKeyPEM {
    private static let begin = "-----BEGIN PUBLIC KEY-----"
    private static let end = "-----END PUBLIC KEY-----"

    /// The DER before the key: algorithm 1.3.101.112, and the head of a bit string of 32 bytes.
    private static let derPrefix: [UInt8] = [
        0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]

    package static func encode(_ key: VerificationKey) -> String {
        "\(begin)\n\(Base64.standard.encodeToString(derPrefix + key.bytes))\n\(end)\n"
    }

    /// SHA-256 over the DER form, in hexadecimal: what
    /// `openssl pkey -pubin -in public-key.pem -outform DER | sha256sum` prints.
    package static func fingerprint(_ key: VerificationKey) -> SHA256Digest {
        SHA256Digest(of: derPrefix + key.bytes)
    }

    /// Reads the first public key in the text. Text before and after it is skipped.
    package static func decode(_ text: String) throws(TokenError) -> VerificationKey {
        let lines = text.split(whereSeparator: \.isNewline).map(trimmed)
        guard
            let first = lines.firstIndex(of: begin),
            let last = lines[first...].firstIndex(of: end),
            let der = Base64.standard.decode(lines[first + 1..<last].joined().utf8),
            der.starts(with: derPrefix),
            let key = VerificationKey(bytes: Array(der.dropFirst(derPrefix.count)))
        else { throw .malformedPublicKey }
        return key
    }

    private static func trimmed(_ line: Substring) -> String {
        let spaces: Set<Character> = [" ", "\t"]
        return String(
            line.drop(while: spaces.contains).reversed().drop(while: spaces.contains).reversed())
    }
}
