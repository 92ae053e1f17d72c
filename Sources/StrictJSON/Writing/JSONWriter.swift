/// Writes a value as UTF-8. It recurses as deep as the value is nested, which is safe because
/// code builds such values, and not input.
struct JSONWriter {
    let isPretty: Bool
    var out: [UInt8] = []
    private var depth = 0

    init(isPretty: Bool) {
        self.isPretty = isPretty
    }

    mutating func write(_ value: OrderedJSON) {
        switch value {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let bool): out.append(contentsOf: (bool ? "true" : "false").utf8)
        case .integer(let integer): out.append(contentsOf: String(integer).utf8)
        case .string(let string): writeString(string)
        case .text(let text): out.append(contentsOf: text)
        case .array(let elements):
            writeList(elements, Byte.leftBracket, Byte.rightBracket) { $0.write($1) }
        case .object(let members):
            writeList(members, Byte.leftBrace, Byte.rightBrace) { $0.writeMember($1) }
        }
    }

    private mutating func writeMember(_ member: OrderedJSON.Member) {
        writeString(member.name)
        out.append(Byte.colon)
        if isPretty { out.append(Byte.space) }
        write(member.value)
    }

    private mutating func writeList<Child>(
        _ children: [Child], _ opening: UInt8, _ closing: UInt8,
        _ writeChild: (inout JSONWriter, Child) -> Void
    ) {
        out.append(opening)
        depth += 1
        var isFirst = true
        for child in children {
            if !isFirst { out.append(Byte.comma) }
            isFirst = false
            writeLineBreak()
            writeChild(&self, child)
        }
        depth -= 1
        if !isFirst { writeLineBreak() }
        out.append(closing)
    }

    private mutating func writeLineBreak() {
        guard isPretty else { return }
        out.append(Byte.lineFeed)
        out.append(contentsOf: repeatElement(Byte.space, count: 2 * depth))
    }

    private mutating func writeString(_ string: String) {
        out.append(Byte.quote)
        var string = string
        string.withUTF8 { bytes in
            var start = 0
            for (index, byte) in bytes.enumerated()
            where byte < 0x20 || byte == Byte.quote || byte == Byte.backslash {
                out.append(contentsOf: bytes[start..<index])
                writeEscape(byte)
                start = index + 1
            }
            out.append(contentsOf: bytes[start...])
        }
        out.append(Byte.quote)
    }

    private mutating func writeEscape(_ byte: UInt8) {
        out.append(Byte.backslash)
        switch byte {
        case 0x08: out.append(UInt8(ascii: "b"))
        case 0x09: out.append(UInt8(ascii: "t"))
        case 0x0A: out.append(UInt8(ascii: "n"))
        case 0x0C: out.append(UInt8(ascii: "f"))
        case 0x0D: out.append(UInt8(ascii: "r"))
        case Byte.quote, Byte.backslash: out.append(byte)
        default:
            out.append(contentsOf: (byte < 0x10 ? "u000" : "u00").utf8)
            out.append(contentsOf: String(byte, radix: 16).utf8)
        }
    }
}
