extension Parser {
    /// Reads the string that begins at `offset` (RFC 8259 section 7).
    mutating func readString() throws(Fault) {
        let start = offset
        var hasEscape = false
        offset += 1
        while source[offset] != Byte.quote {
            if let word = source.word(at: offset), Self.isPlain(word) {
                offset += 8
                continue
            }
            let byte = source[offset]
            if byte == Byte.backslash {
                try readEscape()
                hasEscape = true
            } else if byte >= 0x80 {
                let length = source.scalarLength(at: offset)
                if length == 0 { throw invalidUTF8() }
                offset += length
            } else if byte >= 0x20 {
                offset += 1
            } else {
                throw unescapedControl()
            }
        }
        offset += 1
        appendScalar(from: start, flag: hasEscape)
    }

    /// Whether none of eight bytes is a quote, a backslash, a control or outside ASCII.
    ///
    /// The subtractions set the high bit of a byte that is below the bound, or that is zero after
    /// the exclusive or. A borrow can set the high bit of the next byte as well, but there is no
    /// borrow without a byte that is at fault itself, so the answer stays right.
    private static func isPlain(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = (word ^ 0x2222_2222_2222_2222) &- ones
        let backslashes = (word ^ 0x5C5C_5C5C_5C5C_5C5C) &- ones
        let controls = word &- 0x2020_2020_2020_2020
        return (word | quotes | backslashes | controls) & 0x8080_8080_8080_8080 == 0
    }

    private func unescapedControl() -> Fault {
        guard offset < source.count else { return unexpected("a closing '\"' after the string") }
        let found = source.describe(at: offset)
        return Fault(offset: offset, message: "control character \(found) in a string, escape it")
    }

    private mutating func readEscape() throws(Fault) {
        let start = offset
        offset += 1
        switch source[offset] {
        case Byte.quote, Byte.backslash, Byte.slash, UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            offset += 1
        case Byte.letterU:
            offset += 1
            try readUnicodeEscape(from: start)
        default:
            throw unexpected("one of \" \\ / b f n r t u after a backslash")
        }
    }

    /// Reads the digits after the `\u` at `start`, and the second half of a surrogate pair.
    private mutating func readUnicodeEscape(from start: Int) throws(Fault) {
        let unit = try readHexQuad()
        if unit & 0xFC00 == 0xDC00 {
            throw Fault(
                offset: start,
                message: "lone low surrogate escape, put its high surrogate escape before it")
        }
        guard unit & 0xFC00 == 0xD800 else { return }
        if source[offset] == Byte.backslash, source[offset + 1] == Byte.letterU {
            offset += 2
            if try readHexQuad() & 0xFC00 == 0xDC00 { return }
        }
        throw Fault(
            offset: start,
            message: "lone high surrogate escape, put its low surrogate escape after it")
    }

    private mutating func readHexQuad() throws(Fault) -> UInt32 {
        var value: UInt32 = 0
        let end = offset + 4
        while offset < end {
            guard let digit = Byte.hexValue(source[offset]) else {
                throw unexpected("four hexadecimal digits after '\\u'")
            }
            value = value << 4 | digit
            offset += 1
        }
        return value
    }
}
