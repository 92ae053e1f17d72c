import Signatures

/// A license's id: a UUID of version 7 (RFC 9562, section 5.7), which sorts by time of issue.
package struct LicenseID: Sendable, Hashable, CustomStringConvertible {
    package static let randomByteCount = 10

    /// Lower case, with hyphens: 36 characters.
    package let description: String

    /// - Parameters:
    ///   - milliseconds: since 1970-01-01T00:00:00Z.
    ///   - random: ten bytes, of which version and variant replace six bits. `nil` for another
    ///     number of bytes.
    package init?(milliseconds: UInt64, random: [UInt8]) {
        guard random.count == Self.randomByteCount else { return nil }
        var bytes = (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> (40 - 8 * $0)) }
        bytes += random
        bytes[6] = bytes[6] & 0x0f | 0x70
        bytes[8] = bytes[8] & 0x3f | 0x80
        description = Self.text(bytes)
    }

    /// Reads the form that `description` gives; upper case is taken too, as RFC 9562 asks.
    package init?(_ text: String) {
        guard text.utf8.count == Self.characterCount else { return nil }
        var isLowerCase = true
        for (index, byte) in text.utf8.enumerated() {
            let isUpperCase = (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
            guard
                Self.hyphenIndices.contains(index)
                    ? byte == UInt8(ascii: "-") : isUpperCase || Self.isHexDigit(byte)
            else { return nil }
            if isUpperCase { isLowerCase = false }
        }
        description = isLowerCase ? text : text.lowercased()
    }

    private static let characterCount = 36
    private static let hyphenIndices = [8, 13, 18, 23]

    /// The last twelve digits, which are random: they tell the licenses of a customer apart in a path.
    package var shortForm: String {
        String(description.suffix(12))
    }

    private static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(characterCount)
        for byte in bytes {
            if hyphenIndices.contains(text.count) { text.append(UInt8(ascii: "-")) }
            Hex.append(byte, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}
