/// Reads a text once, from front to back and without recursion (RFC 8259).
struct Parser {
    let source: ByteSource
    let limits: JSONLimits
    var offset = 0
    var tape: [TapeEntry] = []
    var frames: [Frame] = []
    var records: [FaultRecord] = []

    /// An array or object being read.
    struct Frame {
        let entry: Int
        let isObject: Bool
        /// Children begun, including the one being read.
        var count = 0
        /// While a child is read: its index in an array, the tape index of its name in an object.
        var child: Int?
        /// Names of an object with many members; empty as long as it has few.
        var names: Set<MemberName> = []

        var closing: UInt8 { isObject ? Byte.rightBrace : Byte.rightBracket }
    }

    init(_ source: ByteSource, limits: JSONLimits) {
        self.source = source
        self.limits = limits
    }

    /// False where the text was not read to its end. The last record then says why.
    mutating func parse() -> Bool {
        do throws(Fault) {
            try readText()
            return true
        } catch {
            record(error)
            return false
        }
    }

    mutating func readText() throws(Fault) {
        if source.count == 0 {
            throw Fault(offset: 0, message: "empty text, expected a value")
        }
        if source[0] == 0xEF, source[1] == 0xBB, source[2] == 0xBF {
            throw Fault(offset: 0, message: "byte order mark, save the text as UTF-8 without it")
        }
        skipWhiteSpace()
        try readValue(expected: "a value")
        while !frames.isEmpty {
            try readNext(in: frames.count - 1)
        }
        skipWhiteSpace()
        guard offset == source.count else {
            throw unexpected("the end of the text after the value")
        }
    }

    /// Reads the next child of the innermost container, or its closing bracket.
    mutating func readNext(in top: Int) throws(Fault) {
        frames[top].child = nil
        skipWhiteSpace()
        if source[offset] == frames[top].closing { return closeContainer() }
        if frames[top].count > 0 { try readComma(in: top) }
        if frames[top].isObject {
            try readMemberName(in: top)
            try readValue(expected: "a value after ':'")
        } else {
            let index = frames[top].count
            frames[top].child = index
            frames[top].count += 1
            try readValue(expected: index == 0 ? "a value or ']'" : "a value after ','")
        }
    }

    private mutating func readComma(in top: Int) throws(Fault) {
        let isObject = frames[top].isObject
        guard source[offset] == Byte.comma else {
            throw unexpected(isObject ? "',' or '}' after a member" : "',' or ']' after an element")
        }
        offset += 1
        skipWhiteSpace()
        if source[offset] == frames[top].closing {
            let bracket = source.describe(at: offset)
            throw Fault(offset: offset, message: "trailing comma before \(bracket), remove it")
        }
    }

    private mutating func readMemberName(in top: Int) throws(Fault) {
        guard source[offset] == Byte.quote else {
            let end = frames[top].count == 0 ? " or '}'" : ""
            throw unexpected("a member name in double quotes" + end)
        }
        let name = tape.count
        try readString()
        frames[top].child = name
        if isRepeated(name, in: top) { try reportRepeated(name) }
        frames[top].count += 1
        skipWhiteSpace()
        guard source[offset] == Byte.colon else { throw unexpected("':' after a member name") }
        offset += 1
        skipWhiteSpace()
    }

    /// Reads a whole scalar, or the opening bracket of an array or object.
    private mutating func readValue(expected: String) throws(Fault) {
        let byte = source[offset]
        if byte == Byte.quote {
            try readString()
        } else if byte == Byte.minus || Byte.isDigit(byte) {
            try readNumber()
        } else if byte == Byte.leftBrace || byte == Byte.leftBracket {
            try openContainer(isObject: byte == Byte.leftBrace)
        } else if byte == UInt8(ascii: "t") {
            try readWord("true")
        } else if byte == UInt8(ascii: "f") {
            try readWord("false")
        } else if byte == UInt8(ascii: "n") {
            try readWord("null")
        } else {
            throw unexpected(expected)
        }
    }

    private mutating func openContainer(isObject: Bool) throws(Fault) {
        guard frames.count < limits.maxDepth else {
            throw Fault(
                kind: .tooDeep, offset: offset,
                message: "nested deeper than \(limits.maxDepth) levels, use fewer levels")
        }
        frames.append(Frame(entry: tape.count, isObject: isObject))
        tape.append(TapeEntry(containerFrom: offset, index: tape.count))
        offset += 1
    }

    private mutating func closeContainer() {
        guard let frame = frames.popLast() else { return }
        offset += 1
        tape[frame.entry].close(end: offset, next: tape.count, count: frame.count)
    }

    mutating func skipWhiteSpace() {
        while Byte.isWhiteSpace(source[offset]) { offset += 1 }
    }

    /// The fault that something else than `expected` stands at `offset`.
    func unexpected(_ expected: String) -> Fault {
        if offset < source.count, source.scalarLength(at: offset) == 0 { return invalidUTF8() }
        return Fault(
            offset: offset, message: "expected \(expected), found \(source.describe(at: offset))")
    }

    func invalidUTF8() -> Fault {
        let byte = String(source[offset], radix: 16)
        return Fault(
            offset: offset, message: "invalid UTF-8 at byte 0x\(byte), save the text as UTF-8")
    }

    mutating func appendScalar(from start: Int, flag: Bool) {
        tape.append(TapeEntry(scalarFrom: start, to: offset, index: tape.count, flag: flag))
    }
}
