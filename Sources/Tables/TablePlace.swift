/// A row or cell of a table, as a spreadsheet shows it.
package struct TablePlace: Sendable, Hashable, CustomStringConvertible {
    /// The header is row 1; a line end within quotes makes no row.
    package let row: Int
    /// `nil` where it is about the whole row.
    package let column: Column?

    package struct Column: Sendable, Hashable {
        /// From 0.
        package let index: Int
        /// What the header says, if anything.
        package let name: String

        package init(index: Int, name: String) {
            self.index = index
            self.name = name
        }

        /// `A` to `Z`, then `AA`.
        package var letters: String {
            var letters: [UInt8] = []
            var rest = index
            while rest >= 0 {
                letters.append(UInt8(ascii: "A") + UInt8(rest % 26))
                rest = rest / 26 - 1
            }
            return String(decoding: letters.reversed(), as: UTF8.self)
        }
    }

    package init(row: Int, column: Column? = nil) {
        self.row = row
        self.column = column
    }

    /// `row 17, column F "payload.seats"`
    package var description: String {
        guard let column else { return "row \(row)" }
        let name = column.name.isEmpty ? "" : " \"\(column.name)\""
        return "row \(row), column \(column.letters)\(name)"
    }
}
