/// Facts about a number that its text alone decides (RFC 8259 section 6). All are false or nil
/// for a value of another kind.
extension JSONValue {
    /// Written with neither fraction nor exponent: `-0` is, `1.0` and `1e2` are not.
    package var isIntegerText: Bool {
        kind == .number && entry.isInteger
    }

    /// The exact value of an integer text that fits; nil otherwise.
    package var integer: Int? {
        // A sign and the 19 digits of Int.max; leading zeros cannot occur.
        guard isIntegerText, sourceText.count <= 20 else { return nil }
        return Int(String(decoding: sourceText, as: UTF8.self))
    }

    /// An integer text of at most 2^53 - 1 in magnitude, which every reader takes exactly.
    package var isSafeInteger: Bool {
        guard let integer else { return false }
        return integer.magnitude <= 9_007_199_254_740_991
    }

    /// Whether the number rounds to infinity as IEEE 754 binary64 (to nearest, ties to even).
    /// Exact, and linear in the length of the text.
    package var overflowsDouble: Bool {
        guard kind == .number else { return false }
        let range = entry.start..<entry.end
        return document.bytes.withSource { DecimalText($0, range)?.overflowsDouble ?? false }
    }
}
