extension ByteSource {
    /// The UTF-8 bytes that the content of a string stands for (RFC 8259 section 7). The content
    /// must lie between the quotes of a string that the parser has accepted, so that every escape
    /// in it is valid.
    func decoded(_ content: Range<Int>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(content.count)
        var index = content.lowerBound
        let end = content.upperBound
        while index < end {
            // The content holds no unescaped quote, so the closing quote bounds the search.
            let run = min(end, firstIndex(of: Byte.backslash, or: Byte.quote, from: index))
            append(from: index, to: run, onto: &out)
            index = run < end ? appendEscape(at: run, onto: &out) : end
        }
        return out
    }

    /// Decodes the escape whose backslash is at `index`; returns the index after it.
    private func appendEscape(at index: Int, onto out: inout [UInt8]) -> Int {
        let letter = self[index + 1]
        guard letter == Byte.letterU else {
            out.append(Self.shortEscape(letter))
            return index + 2
        }
        let unit = hexQuad(at: index + 2)
        guard unit & 0xFC00 == 0xD800 else {
            Self.appendUTF8(unit, onto: &out)
            return index + 6
        }
        let low = hexQuad(at: index + 8)
        Self.appendUTF8(0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF), onto: &out)
        return index + 12
    }

    private func hexQuad(at index: Int) -> UInt32 {
        var value: UInt32 = 0
        for digit in index..<index + 4 {
            value = value << 4 | (Byte.hexValue(self[digit]) ?? 0)
        }
        return value
    }

    private static func shortEscape(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: letter
        }
    }

    private static func appendUTF8(_ scalar: UInt32, onto out: inout [UInt8]) {
        func continuation(_ shift: UInt32) -> UInt8 {
            UInt8(truncatingIfNeeded: 0x80 | (scalar >> shift & 0x3F))
        }
        if scalar < 0x80 {
            out.append(UInt8(truncatingIfNeeded: scalar))
        } else if scalar < 0x800 {
            out.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
            out.append(continuation(0))
        } else if scalar < 0x10000 {
            out.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
            out.append(continuation(6))
            out.append(continuation(0))
        } else {
            out.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
            out.append(continuation(12))
            out.append(continuation(6))
            out.append(continuation(0))
        }
    }
}
