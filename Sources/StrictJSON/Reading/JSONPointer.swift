import PlainText

/// The path to a value in a JSON text (RFC 6901). Compared byte by byte, never by canonical
/// equivalence.
///
/// A pointer serves reports, which no text may blow up: of a very long name it keeps the beginning
/// and the end, and of a long path `description` shows the beginning and the end.
package struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
    /// The length of the longest description, in characters (Unicode scalar values).
    package static let maximumLength = 500

    /// The reference tokens, escaped, as UTF-8. Pointers with a common path share the storage of
    /// its tokens.
    private let tokens: [[UInt8]]

    init(tokens: [[UInt8]]) {
        self.tokens = tokens
    }

    /// The whole text, written as the empty string.
    package static let root = JSONPointer(tokens: [])

    /// The member `name` of the object at this pointer.
    package func appending(member name: String) -> JSONPointer {
        JSONPointer(tokens: tokens + [Self.token(member: Array(name.utf8))])
    }

    /// The element at the zero-based `index` of the array at this pointer.
    package func appending(index: Int) -> JSONPointer {
        JSONPointer(tokens: tokens + [Self.token(index: index)])
    }

    /// The string form of RFC 6901 section 3: each token after a `/`, with `~0` and `~1` escapes.
    /// One longer than `maximumLength` is shortened in the middle with `…`.
    package var description: String {
        var text: [UInt8] = []
        for token in tokens {
            text.append(Byte.slash)
            text.append(contentsOf: token)
        }
        return String(decoding: text, as: UTF8.self).shortened(to: Self.maximumLength)
    }

    /// The names and indices on the way, decoded.
    package var steps: [String] {
        tokens.map { token in
            String(decoding: token, as: UTF8.self).replacing("~1", with: "/")
                .replacing("~0", with: "~")
        }
    }

    static func token(index: Int) -> [UInt8] {
        Array(String(index).utf8)
    }

    /// A description shows less than `maximumLength` characters of either end of a name, and no
    /// character takes more than four bytes of UTF-8.
    private static let keptByteCount = 4 * maximumLength

    static func token(member name: [UInt8]) -> [UInt8] {
        guard name.count > 2 * keptByteCount else { return escaped(name) }
        let endOfHead = name[...keptByteCount].lastIndex(where: isScalarStart) ?? 0
        let startOfTail =
            name[(name.count - keptByteCount)...].firstIndex(where: isScalarStart) ?? name.count
        return escaped(name[..<endOfHead] + Array("…".utf8) + name[startOfTail...])
    }

    private static func isScalarStart(_ byte: UInt8) -> Bool {
        byte & 0xC0 != 0x80
    }

    private static func escaped(_ name: [UInt8]) -> [UInt8] {
        name.withSource { source in
            var token: [UInt8] = []
            var index = 0
            while index < source.count {
                let run = source.firstIndex(of: Byte.tilde, or: Byte.slash, from: index)
                source.append(from: index, to: run, onto: &token)
                if run < source.count {
                    token.append(Byte.tilde)
                    token.append(source[run] == Byte.tilde ? Byte.zero : Byte.one)
                }
                index = run + 1
            }
            return token
        }
    }
}
