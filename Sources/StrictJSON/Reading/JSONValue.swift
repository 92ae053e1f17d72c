/// A value of a parsed text: an index into the tape, decoded only when asked. It keeps the text
/// alive.
package struct JSONValue: Sendable {
    package let document: JSONDocument
    let index: Int

    package enum Kind: Sendable {
        case null, bool, number, string, array, object
    }

    var entry: TapeEntry { document.tape[index] }

    package var kind: Kind {
        switch document.bytes[entry.start] {
        case Byte.leftBrace: .object
        case Byte.leftBracket: .array
        case Byte.quote: .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool
        case UInt8(ascii: "n"): .null
        default: .number
        }
    }

    /// The byte offset of its first byte.
    package var offset: Int { document.offset(of: entry) }

    /// The byte offset behind its last byte.
    package var endOffset: Int { offset + entry.end - entry.start }

    /// The position of its first byte. Takes time linear in `offset`.
    package var position: TextPosition { document.position(at: offset) }

    /// Its bytes as written, of a string with the quotes.
    package var sourceText: ArraySlice<UInt8> { document.bytes[entry.start..<entry.end] }

    /// Nil unless `true` or `false`.
    package var bool: Bool? {
        kind == .bool ? document.bytes[entry.start] == UInt8(ascii: "t") : nil
    }

    /// The decoded string (RFC 8259 section 7); nil unless a string.
    package var string: String? {
        kind == .string ? document.string(at: index) : nil
    }

    /// The number of elements or members; 0 for a scalar.
    package var count: Int {
        switch kind {
        case .array, .object: entry.count
        case .null, .bool, .number, .string: 0
        }
    }
}
