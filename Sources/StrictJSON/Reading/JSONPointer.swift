/// The path to a value in a JSON text (RFC 6901). Compared byte by byte, never by canonical
/// equivalence.
package struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
    /// The reference tokens, escaped, as UTF-8. Pointers with a common path share the storage of
    /// its tokens, so that a hundred problems below one very long name hold that name once.
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
    package var description: String {
        var text: [UInt8] = []
        for token in tokens {
            text.append(Byte.slash)
            text.append(contentsOf: token)
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func token(index: Int) -> [UInt8] {
        Array(String(index).utf8)
    }

    static func token(member name: [UInt8]) -> [UInt8] {
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
