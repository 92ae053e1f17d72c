/// Reads a table, as spreadsheets write CSV, row by row.
package struct TableReader {
    package struct Limits: Sendable {
        package var bytes = 64 << 20
        package var rows = 100_000
        package var cells = 1_000
        /// More faults are of no use to anybody.
        package var faults = 1_000

        package init() {}
    }

    package let form: TableForm
    package let columns: [TablePlace.Column]
    /// What is wrong with the rows read so far, in their order.
    package private(set) var faults: [TableFault] = []
    /// How many rows were passed over, since nothing is in them.
    package private(set) var emptyRowCount = 0

    private let limits: Limits
    private var text: CellText
    private var rowNumber = 1
    private var rowCount = 0
    /// Columns without a name of which a fault was told.
    private var toldColumns: Set<Int> = []
    private var isStopped = false

    /// Reads the header.
    package init(_ bytes: [UInt8], limits: Limits = Limits()) throws(TableFaults) {
        guard bytes.count <= limits.bytes else {
            let message = "larger than \(limits.bytes) bytes, the limit for a table: divide it"
            throw TableFaults(faults: [TableFault(place: nil, message: message)])
        }
        self.limits = limits
        let start = try TableStart(of: bytes)
        form = start.form
        text = CellText(bytes, from: start.headerOffset, delimiter: start.form.delimiter)
        let names = (text.next(limit: limits.cells + 1) ?? []).map(Self.trimmed)
        columns = names.enumerated().map { TablePlace.Column(index: $0, name: $1) }
        checkHeader()
        guard faults.isEmpty else { throw TableFaults(faults: faults) }
    }

    private static func trimmed(_ name: String) -> String {
        let isSpace = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\u{a0}" }
        var scalars = name.unicodeScalars[...]
        while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        return String(scalars)
    }

    private mutating func checkHeader() {
        addFaultsOfText()
        guard columns.count <= limits.cells else {
            return add(nil, "the header has more than \(limits.cells) cells, the limit")
        }
        if columns.allSatisfy(\.name.isEmpty), faults.isEmpty {
            return add(nil, "the first row is empty: it names what stands in each column")
        }
        var first: [String: TablePlace.Column] = [:]
        for column in columns where !column.name.isEmpty {
            if let other = first[column.name] {
                add(column, "column \(other.letters) has the same header: change one of them")
            } else {
                first[column.name] = column
            }
        }
    }

    /// The next row that has something in it; `nil` at the end.
    package mutating func next() -> TableRow? {
        while !isStopped, let cells = text.next(limit: limits.cells + 1) {
            rowNumber += 1
            addFaultsOfText()
            let row = TableRow(number: rowNumber, cells: cells)
            if row.isEmpty {
                emptyRowCount += 1
                continue
            }
            rowCount += 1
            guard rowCount <= limits.rows else {
                add(nil, "more than \(limits.rows) rows, the limit for a table: divide it")
                isStopped = true
                return nil
            }
            checkWidth(of: row)
            return row
        }
        return nil
    }

    private mutating func checkWidth(of row: TableRow) {
        if row.count > limits.cells {
            return add(nil, "more than \(limits.cells) cells in a row, the limit")
        }
        for index in 0..<row.count where !row[index].isEmpty {
            if index >= columns.count {
                let place = TablePlace.Column(index: index, name: "")
                return add(
                    place,
                    "the row has more cells than the header: put a cell that holds the separator "
                        + "in quotes, or name the column in row 1")
            }
            if columns[index].name.isEmpty, toldColumns.insert(index).inserted {
                add(columns[index], "the column has no header: name it in row 1, or empty it")
            }
        }
    }

    private mutating func addFaultsOfText() {
        for (index, fault) in text.faults {
            let column =
                columns.indices.contains(index)
                ? columns[index] : TablePlace.Column(index: index, name: "")
            switch fault {
            case .textAfterQuote:
                add(
                    column,
                    "text follows a closing quote: write a quote within quotes twice, \"\"")
            case .openQuote:
                add(column, "a quote is opened here and never closed")
                isStopped = true
            case .notUTF8:
                add(column, "the text is not UTF-8: " + TableStart.remedy)
                // It would be said of each umlaut.
                isStopped = true
            }
            if isStopped { return }
        }
    }

    private mutating func add(_ column: TablePlace.Column?, _ message: String) {
        guard faults.count < limits.faults else {
            isStopped = true
            return
        }
        let place = TablePlace(row: rowNumber, column: column)
        faults.append(TableFault(place: place, message: message))
    }
}
