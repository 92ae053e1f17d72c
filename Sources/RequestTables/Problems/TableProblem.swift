import LicenseRequest
package import StrictJSON
import Tables

/// How the rows and columns of a source are spoken of.
enum RowPlaces: Sendable {
    /// `row 17, column F "payload.seats"`
    case table
    /// One object, whose members are the columns.
    case members
}

/// One thing that keeps a table from becoming requests.
package struct TableProblem: Sendable, Hashable {
    enum Code: Sendable, Hashable {
        /// The file is no table.
        case invalidTable
        /// A header leads to no member of requests.
        case unknownColumn
        /// As receipts have it.
        case of(Problem.Code)

        var text: String {
            switch self {
            case .invalidTable: "invalid-table"
            case .unknownColumn: "unknown-column"
            case .of(let code): code.rawValue
            }
        }
    }

    enum Place: Sendable, Hashable {
        case file
        case cell(TablePlace)
        /// A value that was given for all rows.
        case constant(RequestMember)

        var isOfOneValue: Bool {
            switch self {
            case .file: false
            case .cell(let place): place.column != nil
            case .constant: true
            }
        }
    }

    let code: Code
    let place: Place
    package let message: String
    private let rowPlaces: RowPlaces

    init(_ code: Code, at place: Place, _ message: String, _ rowPlaces: RowPlaces) {
        self.code = code
        self.place = place
        self.message = message
        self.rowPlaces = rowPlaces
    }

    var cell: TablePlace? {
        if case .cell(let place) = place { place } else { nil }
    }

    /// By rows, and from the left to the right in a row.
    static func precedes(_ first: TableProblem, _ second: TableProblem) -> Bool {
        first.sortKey < second.sortKey
    }

    private var sortKey: (Int, Int) {
        // That there are more is said at the end.
        let row = cell?.row ?? (code == .of(.tooMany) ? .max : 0)
        return (row, cell?.column?.index ?? -1)
    }

    /// `sales.csv: row 17, column F "payload.seats": …`
    package func line(of file: String) -> String {
        let place: String? =
            switch (place, rowPlaces) {
            case (.file, _): nil
            case (.cell(let place), .table): place.description
            case (.cell(let place), .members): place.column.map { "'\($0.name)'" }
            case (.constant(let member), _): "--set \(member)"
            }
        return ([file] + [place].compactMap(\.self) + [message]).joined(separator: ": ")
    }

    package var json: OrderedJSON {
        let isTable = rowPlaces == .table
        let constant: String? = if case .constant(let member) = place { "\(member)" } else { nil }
        let header = cell?.column?.name ?? ""
        return .object([
            "code": .string(code.text),
            "row": isTable ? cell.map { .integer(Int64($0.row)) } : nil,
            "column": isTable ? cell?.column.map { .string($0.letters) } : nil,
            "header": header.isEmpty ? nil : .string(header),
            "set": constant.map(OrderedJSON.string),
            "message": .string(message),
        ])
    }
}
