/// Rows whose cells stand below each other, two spaces apart; columns that are empty throughout are
/// left out. The last cell of each row is not padded.
func alignedColumns(_ rows: [[String]]) -> [String] {
    var widths: [Int] = []
    for row in rows {
        for (column, text) in row.enumerated() {
            if column == widths.count { widths.append(0) }
            widths[column] = max(widths[column], text.count)
        }
    }
    return rows.map { row in
        let cells = zip(row.dropLast(), widths).filter { $0.1 > 0 }.map { text, width in
            text + String(repeating: " ", count: width - text.count)
        }
        return (cells + row.suffix(1)).joined(separator: "  ")
    }
}
