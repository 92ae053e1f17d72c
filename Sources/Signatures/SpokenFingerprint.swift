import CSodium
import PlainText

/// A fingerprint that two people can compare over the telephone in any language: twelve groups of
/// five decimal digits.
package enum SpokenFingerprint {
    private static let domain = Array("coldmint fingerprint 1\0".utf8)
    private static let groupCount = 12
    private static let bytesPerGroup = 5

    /// Each group is a number of five bytes, big endian, modulo 100,000. The bytes come from
    /// SHA-512 over a prefix and the digest. All groups together have some 199 bits.
    package static func text(of digest: SHA256Digest) -> String {
        let input = domain + digest.bytes
        var hash = [UInt8](repeating: 0, count: Int(crypto_hash_sha512_BYTES))
        crypto_hash_sha512(&hash, input, UInt64(input.count))
        return (0..<groupCount).map { group in
            let bytes = hash[group * bytesPerGroup..<(group + 1) * bytesPerGroup]
            let number = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 100_000
            return number.zeroPadded(to: 5)
        }.joined(separator: " ")
    }
}
