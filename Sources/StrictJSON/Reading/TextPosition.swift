/// A line and column of a text, as people count them: both start at 1.
package struct TextPosition: Sendable, Hashable {
    /// Lines end with LF.
    package let line: Int
    /// Unicode scalars from the start of the line.
    package let column: Int
}

/// A place in a text, as programs and as people count.
package struct TextPlace: Sendable, Hashable {
    static let start = TextPlace(offset: 0, position: TextPosition(line: 1, column: 1))

    /// In bytes.
    package let offset: Int
    package let position: TextPosition
}
