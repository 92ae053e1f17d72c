/// Finds the positions of ascending offsets in one pass over the text.
struct PositionCounter {
    private var offset = 0
    private var line = 1
    private var column = 1

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
