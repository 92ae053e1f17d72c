/// A row under the header.
package struct TableRow: Sendable, Hashable {
    package let number: Int
    /// As many as the row has; what it lacks is empty.
    private let cells: [String]

    package init(number: Int, cells: [String]) {
        self.number = number
        self.cells = cells
    }

    package subscript(column: Int) -> String {
        cells.indices.contains(column) ? cells[column] : ""
    }

    package var isEmpty: Bool { cells.allSatisfy(\.isEmpty) }
    var count: Int { cells.count }
}
