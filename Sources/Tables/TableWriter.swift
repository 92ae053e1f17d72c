/// Writes a table row by row: UTF-8, with quotes where they are needed and LF at the end of a row.
package struct TableWriter: Sendable {
    private let form: TableForm

    package init(_ form: TableForm = TableForm()) {
        self.form = form
    }

    /// What stands before the first row.
    package var beginning: [UInt8] { form.hasByteOrderMark ? TableForm.byteOrderMark : [] }

    package func row(_ cells: some Sequence<String>) -> [UInt8] {
        var row: [UInt8] = []
        var isFirst = true
        for cell in cells {
            if !isFirst { row.append(form.delimiter) }
            isFirst = false
            append(cell, to: &row)
        }
        // A row of one empty cell would be an empty line, which is no row.
        if row.isEmpty { row += [Byte.quote, Byte.quote] }
        row.append(Byte.lineFeed)
        return row
    }

    private func append(_ cell: String, to row: inout [UInt8]) {
        let text = Array(FormulaGuard.guarded(cell).utf8)
        guard needsQuotes(text) else {
            row += text
            return
        }
        row.append(Byte.quote)
        for byte in text {
            if byte == Byte.quote { row.append(Byte.quote) }
            row.append(byte)
        }
        row.append(Byte.quote)
    }

    private func needsQuotes(_ text: [UInt8]) -> Bool {
        let space = UInt8(ascii: " ")
        return text.first == space || text.last == space
            || text.contains {
                $0 == Byte.quote || $0 == Byte.lineFeed || $0 == Byte.carriageReturn
                    || TableForm.delimiters.contains($0)
            }
    }
}
