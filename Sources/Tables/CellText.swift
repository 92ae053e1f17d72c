/// Cuts the text of a table into cells, whatever they mean.
struct CellText {
    enum Fault {
        case textAfterQuote
        case openQuote
        case notUTF8
    }

    private let bytes: [UInt8]
    private let delimiter: UInt8
    private var index: Int
    /// What is wrong with the row in hand, by the column from 0.
    private(set) var faults: [(column: Int, fault: Fault)] = []

    init(_ bytes: [UInt8], from start: Int, delimiter: UInt8) {
        self.bytes = bytes
        self.delimiter = delimiter
        index = start
    }

    /// The cells of the next row, `nil` at the end; of a very long row no more than `limit` are kept.
    mutating func next(limit: Int) -> [String]? {
        guard index < bytes.count else { return nil }
        faults = []
        var cells: [String] = []
        var column = 0
        repeat {
            let cell = self.cell(column)
            if column < limit { cells.append(cell) }
            column += 1
        } while takeDelimiter()
        takeLineEnd()
        return cells
    }

    private mutating func takeDelimiter() -> Bool {
        guard index < bytes.count, bytes[index] == delimiter else { return false }
        index += 1
        return true
    }

    private mutating func takeLineEnd() {
        guard index < bytes.count else { return }
        let isPair =
            bytes[index] == Byte.carriageReturn && index + 1 < bytes.count
            && bytes[index + 1] == Byte.lineFeed
        index += isPair ? 2 : 1
    }

    private mutating func cell(_ column: Int) -> String {
        guard index < bytes.count, bytes[index] == Byte.quote else {
            return text(plain(), column)
        }
        guard let quoted = quoted() else {
            faults.append((column, .openQuote))
            return ""
        }
        if !plain().isEmpty { faults.append((column, .textAfterQuote)) }
        return text(quoted[...], column)
    }

    private mutating func text(_ bytes: ArraySlice<UInt8>, _ column: Int) -> String {
        if let text = String(validating: bytes, as: UTF8.self) {
            return FormulaGuard.unguarded(text)
        }
        faults.append((column, .notUTF8))
        return ""
    }

    /// Up to the next delimiter or line end.
    private mutating func plain() -> ArraySlice<UInt8> {
        let start = index
        while index < bytes.count, !isEnd(bytes[index]) { index += 1 }
        return bytes[start..<index]
    }

    private func isEnd(_ byte: UInt8) -> Bool {
        byte == delimiter || byte == Byte.lineFeed || byte == Byte.carriageReturn
    }

    /// Between quotes, of which two are one. `nil` where they are never closed.
    private mutating func quoted() -> [UInt8]? {
        index += 1
        var content: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == Byte.quote {
                guard index < bytes.count, bytes[index] == Byte.quote else { return content }
                index += 1
            }
            content.append(byte)
        }
        return nil
    }
}
