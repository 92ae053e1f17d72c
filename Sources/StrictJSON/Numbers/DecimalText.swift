/// The text of a number other than zero, taken apart for comparison.
struct DecimalText {
    private let source: ByteSource
    private let firstDigit: Int
    private let digitsEnd: Int
    /// The power of ten that the first significant digit counts.
    let magnitude: Int

    /// Halfway from the greatest finite binary64 to 2^1024, so 2^1024 - 2^970. From here on
    /// numbers round to infinity: the tie does too, as the greatest finite significand is odd.
    private static let leastInfinite: [UInt8] = Array(
        (""
            + "179769313486231580793728971405303415079934132710037826936173"
            + "778980444968292764750946649017977587207096330286416692887910"
            + "946555547851940402630657488671505820681908902000708383676273"
            + "854845817711531764475730270069855571366959622842914819860834"
            + "936475292719074168444365510704342711559699508093042880177904"
            + "174497792").utf8)

    /// Exponents are cut off here: above the length of any text, so that no number of digits
    /// before or after the point makes up for the rest, and far below overflow.
    private static let exponentCap = 1_000_000_000_000

    /// Nil for zero, which has no significant digit.
    init?(_ source: ByteSource, _ range: Range<Int>) {
        var firstDigit: Int?
        var point: Int?
        var index = range.lowerBound
        if source[index] == Byte.minus { index += 1 }
        while index < range.upperBound, !Byte.isExponentMark(source[index]) {
            if source[index] == Byte.point {
                point = index
            } else if firstDigit == nil, source[index] != Byte.zero {
                firstDigit = index
            }
            index += 1
        }
        guard let firstDigit else { return nil }
        let integerEnd = point ?? index
        let scale = integerEnd - firstDigit - (firstDigit < integerEnd ? 1 : 0)
        self.source = source
        self.firstDigit = firstDigit
        digitsEnd = index
        magnitude = scale + Self.exponent(source, index..<range.upperBound)
    }

    /// The exponent whose mark begins the range, cut off at the cap; 0 for an empty range.
    private static func exponent(_ source: ByteSource, _ range: Range<Int>) -> Int {
        if range.isEmpty { return 0 }
        var value = 0
        var index = range.lowerBound + 1
        let isNegative = source[index] == Byte.minus
        if isNegative || source[index] == Byte.plus { index += 1 }
        while index < range.upperBound, value < exponentCap {
            value = value * 10 + Int(source[index] & 0x0F)
            index += 1
        }
        return isNegative ? -value : value
    }

    /// As bytes from 0 to 9, from the first significant digit to the last that is not zero.
    var digits: [UInt8] {
        var digits: [UInt8] = []
        for index in firstDigit..<digitsEnd where source[index] != Byte.point {
            digits.append(source[index] & 0x0F)
        }
        while digits.last == 0 { digits.removeLast() }
        return digits
    }

    var overflowsDouble: Bool {
        guard magnitude == Self.leastInfinite.count - 1 else {
            return magnitude >= Self.leastInfinite.count
        }
        var index = firstDigit
        for limit in Self.leastInfinite {
            if source[index] == Byte.point { index += 1 }
            let digit = index < digitsEnd ? source[index] : Byte.zero
            if digit != limit { return digit > limit }
            index += 1
        }
        return true
    }
}
