/// The value of a number as written, to the last digit: `25`, `25.0` and `2.5e1` are the same.
///
/// Exponents beyond a million million count as that. No text of such a value can be told from zero or
/// infinity by any reader of numbers.
package struct ExactNumber: Sendable, Hashable {
    package let isNegative: Bool
    /// As bytes from 0 to 9, without zeros at either end; empty for zero.
    package let digits: [UInt8]
    /// The power of ten that the first digit counts; 0 for zero.
    package let magnitude: Int

    /// Zero has no sign.
    init(isNegative: Bool, _ text: DecimalText?) {
        digits = text?.digits ?? []
        magnitude = text?.magnitude ?? 0
        self.isNegative = isNegative && text != nil
    }

    package var isZero: Bool { digits.isEmpty }

    /// The power of ten that the last digit counts.
    package var lastPower: Int { isZero ? 0 : magnitude - digits.count + 1 }

    /// Without a fraction, however it is written.
    package var isWhole: Bool { lastPower >= 0 }

    /// Nil where it has a fraction or does not fit.
    package var integer: Int? {
        guard isWhole, magnitude < Self.maximumDivisorDigits, let digits = digitsValue else {
            return nil
        }
        let value = (0..<lastPower).reduce(Int(digits)) { value, _ in value * 10 }
        return isNegative ? -value : value
    }

    /// Whether this is that number times a whole number. The divisor is not zero and has at most
    /// `maximumDivisorDigits` digits, otherwise `nil`.
    package func isMultiple(of divisor: ExactNumber) -> Bool? {
        guard let modulus = divisor.digitsValue, modulus != 0 else { return nil }
        if isZero { return true }
        // Digits end in no zero: what counts a lower power of ten than the divisor is no multiple.
        let powers = lastPower - divisor.lastPower
        guard powers >= 0 else { return false }
        var remainder: UInt64 = 0
        for digit in digits {
            remainder = Self.product(remainder, 10, modulo: modulus)
            remainder = (remainder + UInt64(digit)) % modulus
        }
        let scale = Self.powerOfTen(powers, modulo: modulus)
        return Self.product(remainder, scale, modulo: modulus) == 0
    }

    /// So many fit into 64 bits with room for a sum.
    package static let maximumDivisorDigits = 18

    private var digitsValue: UInt64? {
        guard digits.count <= Self.maximumDivisorDigits else { return nil }
        return digits.reduce(0) { $0 * 10 + UInt64($1) }
    }

    private static func powerOfTen(_ exponent: Int, modulo modulus: UInt64) -> UInt64 {
        var (result, base, rest) = (1 % modulus, 10 % modulus, exponent)
        while rest > 0 {
            if rest & 1 == 1 { result = product(result, base, modulo: modulus) }
            base = product(base, base, modulo: modulus)
            rest >>= 1
        }
        return result
    }

    /// Of two factors of which one is below the modulus, so that the quotient fits.
    private static func product(_ first: UInt64, _ second: UInt64, modulo modulus: UInt64) -> UInt64
    {
        let wide = (first % modulus).multipliedFullWidth(by: second % modulus)
        return modulus.dividingFullWidth(wide).remainder
    }
}

extension ExactNumber: Comparable {
    package static func < (first: ExactNumber, second: ExactNumber) -> Bool {
        guard first.isNegative == second.isNegative else { return first.isNegative }
        return first.isNegative
            ? first.exceeds(second) : second.exceeds(first)
    }

    /// Without regard to signs.
    private func exceeds(_ other: ExactNumber) -> Bool {
        if isZero || other.isZero { return !isZero && other.isZero }
        guard magnitude == other.magnitude else { return magnitude > other.magnitude }
        return other.digits.lexicographicallyPrecedes(digits)
    }
}

extension JSONValue {
    /// Nil unless a number. Takes time and memory linear in its text.
    package var exactNumber: ExactNumber? {
        guard kind == .number else { return nil }
        let range = entry.start..<entry.end
        return document.bytes.withSource { source in
            ExactNumber(
                isNegative: source[range.lowerBound] == Byte.minus, DecimalText(source, range))
        }
    }
}
