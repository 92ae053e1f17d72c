import PlainText

/// Writes a value as UTF-8. It recurses as deep as the value is nested, which is safe because
/// code builds such values, and not input.
struct JSONWriter {
    let isPretty: Bool
    var out: [UInt8] = []
    private var depth = 0

    /// - Parameter depth: how deep the value stands within another one.
    init(isPretty: Bool, depth: Int = 0) {
        self.isPretty = isPretty
        self.depth = depth
    }

    mutating func write(_ value: OrderedJSON) {
        switch value {
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
        writeName(member.name)
        write(member.value)
    }

    private mutating func writeName(_ name: String) {
        writeString(name)
        out.append(Byte.colon)
        if isPretty { out.append(Byte.space) }
    }

    /// An object of which the members come one by one.
    mutating func beginObject() {
        out.append(Byte.leftBrace)
        depth += 1
    }

    /// The value is to be written next.
    mutating func beginMember(_ name: String, isFirst: Bool) {
        beginElement(isFirst: isFirst)
        writeName(name)
    }

    /// The place for a child of an array or object.
    mutating func beginElement(isFirst: Bool) {
        if !isFirst { out.append(Byte.comma) }
        writeLineBreak()
    }

    mutating func endObject(isEmpty: Bool) {
        depth -= 1
        if !isEmpty { writeLineBreak() }
        out.append(Byte.rightBrace)
    }

    private mutating func writeList<Child>(
        _ children: [Child], _ opening: UInt8, _ closing: UInt8,
        _ writeChild: (inout JSONWriter, Child) -> Void
    ) {
        out.append(opening)
        depth += 1
        var isFirst = true
        for child in children {
            beginElement(isFirst: isFirst)
            isFirst = false
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

    mutating func writeString(_ string: String) {
        out.append(Byte.quote)
        var string = string
        string.withUTF8 { bytes in
            var start = 0
            for (index, byte) in bytes.enumerated() where Self.mayNeedEscape(byte) {
                let rest = bytes[index...]
                guard
                    let scalar = String(decoding: rest.prefix(4), as: UTF8.self)
                        .unicodeScalars.first, Self.needsEscape(scalar)
                else { continue }
                out.append(contentsOf: bytes[start..<index])
                writeEscape(scalar)
                start = index + UTF8.width(scalar)
            }
            out.append(contentsOf: bytes[start...])
        }
        out.append(Byte.quote)
    }

    /// Whether a byte is ASCII that needs an escape, or begins a character that may: those of C1
    /// begin with 0xC2, bidirectional controls with 0xE2.
    private static func mayNeedEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == Byte.quote || byte == Byte.backslash || byte == 0x7f
            || byte == 0xc2 || byte == 0xe2
    }

    /// Beyond what RFC 8259 section 7 demands, characters that a terminal or editor obeys instead
    /// of showing them.
    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\"" || scalar == "\\" || scalar.isControl || scalar.isBidirectionalControl
    }

    private mutating func writeEscape(_ scalar: Unicode.Scalar) {
        out.append(Byte.backslash)
        switch scalar {
        case "\u{8}": out.append(UInt8(ascii: "b"))
        case "\t": out.append(UInt8(ascii: "t"))
        case "\n": out.append(UInt8(ascii: "n"))
        case "\u{c}": out.append(UInt8(ascii: "f"))
        case "\r": out.append(UInt8(ascii: "r"))
        case "\"": out.append(Byte.quote)
        case "\\": out.append(Byte.backslash)
        default: out.append(contentsOf: "u\(scalar.value.zeroPadded(to: 4, radix: 16))".utf8)
        }
    }
}
