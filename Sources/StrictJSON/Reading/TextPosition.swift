/// A line and column of a text, as people count them: both start at 1.
package struct TextPosition: Sendable, Hashable {
    /// Lines end with LF.
    package let line: Int
    /// Unicode scalars from the start of the line.
    package let column: Int
}
