/// One token that starts a value or names a member, in source order.
///
/// A container is followed by its children: elements, or names each followed by its value. The
/// kind is not stored, as the first source byte tells it. Texts are shorter than 4 GiB and have
/// fewer tokens than bytes, so 32 bits hold every number and an entry takes 16 bytes.
struct TapeEntry: Sendable {
    private let startOffset: UInt32
    private var endOffset: UInt32
    private var nextIndex: UInt32
    private var detail: UInt32

    /// A token whose end is known. `flag` is `hasEscape` of a string, `isInteger` of a number, and
    /// false for other tokens.
    init(scalarFrom start: Int, to end: Int, index: Int, flag: Bool) {
        startOffset = UInt32(truncatingIfNeeded: start)
        endOffset = UInt32(truncatingIfNeeded: end)
        nextIndex = UInt32(truncatingIfNeeded: index + 1)
        detail = flag ? 1 : 0
    }

    /// An array or object still to be closed.
    init(containerFrom start: Int, index: Int) {
        self.init(scalarFrom: start, to: start + 1, index: index, flag: false)
    }

    mutating func close(end: Int, next: Int, count: Int) {
        endOffset = UInt32(truncatingIfNeeded: end)
        nextIndex = UInt32(truncatingIfNeeded: next)
        detail = UInt32(truncatingIfNeeded: count)
    }

    var start: Int { Int(startOffset) }
    var end: Int { Int(endOffset) }
    /// The index of the entry after this value and everything inside it.
    var next: Int { Int(nextIndex) }
    /// Of a string: whether it holds an escape.
    var hasEscape: Bool { detail == 1 }
    /// Of a number: whether it has neither fraction nor exponent.
    var isInteger: Bool { detail == 1 }
    /// The number of elements or members of a container.
    var count: Int { Int(detail) }
    /// The offsets of a string without its quotes, or of a container without its brackets.
    var content: Range<Int> { start + 1..<max(start + 1, end - 1) }
}
