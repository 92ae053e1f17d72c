extension Parser {
    /// Reads the string that begins at the current place (RFC 8259 section 7).
    mutating func readString() throws(Fault) {
        let start = at
        var hasEscape = false
        at += 1
        while source[at] != Byte.quote {
            if let word = source.word(at: at), Self.isPlain(word) {
                at += 8
                continue
            }
            let byte = source[at]
            if byte == Byte.backslash {
                try readEscape()
                hasEscape = true
            } else if byte >= 0x80 {
                let length = source.scalarLength(at: at)
                if length == 0 { throw invalidUTF8() }
                at += length
            } else if byte >= 0x20 {
                at += 1
            } else {
                throw unescapedControl()
            }
        }
        at += 1
        appendScalar(from: start, flag: hasEscape)
    }

    /// Whether none of eight bytes is a quote, a backslash, a control or outside ASCII.
    ///
    /// A subtraction borrows into the high bit of a byte that is too small, or zero after the
    /// exclusive or. Borrows can blame further bytes, but never arise without a byte to blame.
    private static func isPlain(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = (word ^ 0x2222_2222_2222_2222) &- ones
        let backslashes = (word ^ 0x5C5C_5C5C_5C5C_5C5C) &- ones
        let controls = word &- 0x2020_2020_2020_2020
        return (word | quotes | backslashes | controls) & 0x8080_8080_8080_8080 == 0
    }

    private func unescapedControl() -> Fault {
        guard at < source.count else { return unexpected("a closing '\"' after the string") }
        let found = source.describe(at: at)
        return Fault(offset: at, message: "control character \(found) in a string, escape it")
    }

    private mutating func readEscape() throws(Fault) {
        let start = at
        at += 1
        switch source[at] {
        case Byte.quote, Byte.backslash, Byte.slash, UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            at += 1
        case Byte.letterU:
            at += 1
            try readUnicodeEscape(from: start)
        default:
            throw unexpected("one of \" \\ / b f n r t u after a backslash")
        }
    }

    /// Reads on after the `\u` at `start`, with the second half of a surrogate pair.
    private mutating func readUnicodeEscape(from start: Int) throws(Fault) {
        let unit = try readHexQuad()
        if unit & 0xFC00 == 0xDC00 {
            throw Fault(
                offset: start,
                message: "lone low surrogate escape, put its high surrogate escape before it")
        }
        guard unit & 0xFC00 == 0xD800 else { return }
        if source[at] == Byte.backslash, source[at + 1] == Byte.letterU {
            at += 2
            if try readHexQuad() & 0xFC00 == 0xDC00 { return }
        }
        throw Fault(
            offset: start,
            message: "lone high surrogate escape, put its low surrogate escape after it")
    }

    private mutating func readHexQuad() throws(Fault) -> UInt32 {
        var value: UInt32 = 0
        let end = at + 4
        while at < end {
            guard let digit = Byte.hexValue(source[at]) else {
                throw unexpected("four hexadecimal digits after '\\u'")
            }
            value = value << 4 | digit
            at += 1
        }
        return value
    }
}
