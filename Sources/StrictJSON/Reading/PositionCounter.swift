/// Finds the positions of ascending offsets in one pass over the text.
struct PositionCounter {
    /// Within the source, which need not be the beginning of its text.
    private var offset = 0
    private var line: Int
    private var column: Int

    /// - Parameter place: where the source begins in its text.
    init(from place: TextPlace = .start) {
        line = place.position.line
        column = place.position.column
    }

    /// The position of `target`, which must not lie before the target of an earlier call.
    mutating func position(at target: Int, in source: ByteSource) -> TextPosition {
        let end = min(target, source.count)
        while offset < end {
            let byte = source[offset]
            if byte == Byte.lineFeed {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                // Continuation bytes add nothing to their scalar; this needs no valid UTF-8.
                column += 1
            }
            offset += 1
        }
        return TextPosition(line: line, column: column)
    }
}
