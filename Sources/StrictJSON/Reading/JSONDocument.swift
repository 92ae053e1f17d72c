/// A parsed text: its bytes and a flat list of its tokens (the tape), in source order. There is no
/// tree and no allocation per value.
package struct JSONDocument: Sendable {
    /// The text as given, or a part of it.
    package let bytes: [UInt8]
    let tape: [TapeEntry]
    /// Where the bytes begin in the text.
    package let place: TextPlace

    init(bytes: [UInt8], tape: [TapeEntry], place: TextPlace = .start) {
        self.bytes = bytes
        self.tape = tape
        self.place = place
    }

    /// Parses one JSON text in time linear in its length, strictly by RFC 8259: UTF-8 without
    /// byte order mark, no extension of the grammar, and no member name twice in an object.
    ///
    /// Takes 16 bytes of memory per token besides the text, and hashes the names of objects with
    /// more than a few members.
    /// - Throws: All problems found, at most `limits.maxProblems`.
    package static func parse(
        _ bytes: [UInt8], limits: JSONLimits = .init()
    ) throws(JSONFailure) -> JSONDocument {
        let (document, problems) = read(bytes, limits: limits)
        guard let document, problems.isEmpty else { throw JSONFailure(problems: problems) }
        return document
    }

    /// Parses like `parse`, and gives the document together with the problems where the only
    /// faults are repeated names. A caller can then look for further faults of its own.
    package static func read(
        _ bytes: [UInt8], limits: JSONLimits = .init()
    ) -> (document: JSONDocument?, problems: [JSONProblem]) {
        if let problem = sizeProblem(byteCount: bytes.count) { return (nil, [problem]) }
        return bytes.withSource { source in
            var parser = Parser(source, limits: limits)
            let isWhole = parser.parse()
            let document = isWhole ? JSONDocument(bytes: bytes, tape: parser.tape) : nil
            return (document, parser.report())
        }
    }

    /// The value that the text consists of.
    package var root: JSONValue {
        JSONValue(document: self, index: 0)
    }

    /// The position of a byte offset in the text, at most the end of these bytes. Takes time
    /// linear in the bytes before it.
    package func position(at offset: Int) -> TextPosition {
        positions(at: [offset])[0]
    }

    /// The positions of byte offsets in the text, which must ascend. One pass over the bytes finds
    /// them all.
    package func positions(at offsets: [Int]) -> [TextPosition] {
        bytes.withSource { source in
            var counter = PositionCounter(from: place)
            return offsets.map { counter.position(at: $0 - place.offset, in: source) }
        }
    }

    /// The place of one of these bytes in the text.
    func place(at index: Int) -> TextPlace {
        let offset = place.offset + index
        return TextPlace(offset: offset, position: position(at: offset))
    }

    /// The offset in the text of where a token begins.
    func offset(of entry: TapeEntry) -> Int { place.offset + entry.start }

    /// Tape entries hold offsets of 32 bits.
    static func sizeProblem(byteCount: Int) -> JSONProblem? {
        guard byteCount > Int(UInt32.max) else { return nil }
        return JSONProblem(
            kind: .syntax, offset: 0, pointer: .root, position: TextPosition(line: 1, column: 1),
            message: "text of 4 GiB or more, split it into smaller texts")
    }
}

extension JSONDocument {
    /// The decoded string at a tape index.
    func string(at index: Int) -> String {
        let entry = tape[index]
        guard entry.hasEscape else { return String(decoding: bytes[entry.content], as: UTF8.self) }
        let decoded = bytes.withSource { $0.decoded(entry.content) }
        return String(decoding: decoded, as: UTF8.self)
    }

    /// Whether the string at a tape index means exactly these UTF-8 bytes.
    func isString(at index: Int, equalTo wanted: [UInt8]) -> Bool {
        let entry = tape[index]
        if entry.hasEscape { return bytes.withSource { $0.decoded(entry.content) } == wanted }
        return entry.content.count == wanted.count && bytes[entry.content].elementsEqual(wanted)
    }
}
