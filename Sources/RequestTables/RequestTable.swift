package import LicenseRequest
import PayloadSchema
import PlainText
import StrictJSON
import Tables

/// Requests made of the rows of a table, one of each.
package struct RequestTable {
    package struct Entry {
        let row: TableRow
        let request: OrderedJSON
    }

    let layout: RequestLayout
    let places: RowPlaces
    package let entries: [Entry]
    /// What the table shows by itself.
    package private(set) var problems: [TableProblem]
    /// How many rows were passed over, since nothing is in them.
    package let emptyRowCount: Int

    /// Reads a table of CSV.
    ///
    /// - Parameter products: what schemas give the cells their types by.
    package init(
        csv bytes: [UInt8], _ options: TableOptions, products: KnownProducts
    ) throws(TableOptions.Fault) {
        var rows: [TableRow] = []
        var columns: [TablePlace.Column] = []
        var faults: [TableFault]
        var emptyRowCount = 0
        do throws(TableFaults) {
            var reader = try TableReader(bytes)
            columns = reader.columns
            while let row = reader.next() { rows.append(row) }
            faults = reader.faults
            emptyRowCount = reader.emptyRowCount
        } catch {
            faults = error.faults
        }
        if rows.isEmpty, faults.isEmpty {
            faults = [TableFault(place: nil, message: "there is no row under the header")]
        }
        try self.init(
            rows, columns, options, products, .table, faults, emptyRowCount: emptyRowCount)
    }

    init(
        _ rows: [TableRow], _ columns: [TablePlace.Column], _ options: TableOptions,
        _ products: KnownProducts, _ places: RowPlaces, _ faults: [TableFault] = [],
        emptyRowCount: Int = 0
    ) throws(TableOptions.Fault) {
        self.places = places
        self.emptyRowCount = emptyRowCount
        problems = faults.map {
            TableProblem(
                .invalidTable, at: $0.place.map(TableProblem.Place.cell) ?? .file, $0.message,
                places)
        }
        // Only the names of products are asked of it.
        let draft = try RequestLayout(columns, options, products: .none, place: places)
        layout = try RequestLayout(
            columns, options, products: RowProducts(of: rows, draft, products), place: places)
        // A header of which nothing could be read would make each row lack everything.
        guard !columns.isEmpty else {
            entries = []
            return
        }
        problems += layout.problems
        var maker = RequestMaker(layout: layout, products: products, places: places)
        entries = rows.map { Entry(row: $0, request: maker.request(of: $0)) }
        problems += maker.problems
        problems += repetitions(of: .name, onlyOfCreations: true)
        problems += repetitions(of: .requestID, onlyOfCreations: false)
    }

    private func repetitions(
        of member: RequestMember, onlyOfCreations: Bool
    ) -> [TableProblem] {
        guard let field = layout.field(member), let column = field.column else { return [] }
        var first: [[UInt8]: Int] = [:]
        var found: [TableProblem] = []
        for entry in entries {
            guard let text = field.text(in: entry.row),
                !onlyOfCreations || action(of: entry.row) == "create"
            else { continue }
            let key = Array(text.utf8)
            guard let other = first[key] else {
                first[key] = entry.row.number
                continue
            }
            let code = onlyOfCreations ? Problem.Code.nameTaken : .invalidValue
            found.append(
                TableProblem(
                    .of(code), at: .cell(TablePlace(row: entry.row.number, column: column)),
                    "row \(other) has the same \(member): choose another", places))
        }
        return found
    }

    func action(of row: TableRow) -> String {
        layout.field(.action)?.text(in: row) ?? "create"
    }
}

/// Makes the requests of a table's rows.
private struct RequestMaker {
    let layout: RequestLayout
    let products: KnownProducts
    let places: RowPlaces
    private(set) var problems: [TableProblem] = []
    private var told: Set<TableProblem> = []
    /// What may be in each field, by product.
    private var expected: [String: [ExpectedValue?]] = [:]

    init(layout: RequestLayout, products: KnownProducts, places: RowPlaces) {
        self.layout = layout
        self.products = products
        self.places = places
    }

    mutating func request(of row: TableRow) -> OrderedJSON {
        var members: [OrderedJSON.Member] = []
        if layout.field(.requestID)?.text(in: row) == nil {
            members.append(.init("requestId", .string("row \(row.number)")))
        }
        let productName = layout.field(.product)?.text(in: row)
        let expected = expected(ofProduct: productName)
        for (index, field) in layout.fields.enumerated() {
            guard let text = field.text(in: row) else { continue }
            let isText = places == .members && field.column != nil
            let value =
                isText
                ? CellValue(text: text)
                : CellValue(text, for: field.member, expected: expected[index])
            if let fault = value.fault { add(fault, field, row) }
            members.insert(value.json, at: field.member.path[...])
        }
        // What a product asks for it says better than that a payload is missing.
        if productName != nil, !members.contains(where: { $0.name == "payload" }),
            layout.field(.action)?.text(in: row) ?? "create" == "create"
        {
            members.append(.init("payload", .object([OrderedJSON.Member]())))
        }
        return .object(members)
    }

    private mutating func expected(ofProduct name: String?) -> [ExpectedValue?] {
        let name = name ?? ""
        if let known = expected[name] { return known }
        let product = products.product(named: name)
        let values = layout.fields.map { field -> ExpectedValue? in
            guard case .payload(let path) = field.member else { return nil }
            return product?.schema.expectedValue(at: path)
        }
        expected[name] = values
        return values
    }

    private mutating func add(_ fault: String, _ field: RequestLayout.Field, _ row: TableRow) {
        let place: TableProblem.Place
        if let column = field.column, !row[column.index].isEmpty {
            place = .cell(TablePlace(row: row.number, column: column))
        } else {
            place = .constant(field.member)
        }
        let isClaim = if case .payload = field.member { true } else { false }
        let known = isClaim && layout.field(.product)?.text(in: row) != nil
        let problem = TableProblem(
            .of(known ? .payloadMismatch : .wrongType), at: place, fault, places)
        // Of what was given for all rows it is said once.
        if problem.cell != nil || told.insert(problem).inserted { problems.append(problem) }
    }
}

extension [OrderedJSON.Member] {
    fileprivate mutating func insert(_ value: OrderedJSON, at path: ArraySlice<String>) {
        guard let name = path.first else { return }
        let rest = path.dropFirst()
        let index = firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
        guard !rest.isEmpty else { return append(.init(name, value)) }
        var inner: [OrderedJSON.Member] = []
        if let index, case .object(let members) = self[index].value { inner = members }
        inner.insert(value, at: rest)
        if let index {
            self[index].value = .object(inner)
        } else {
            append(.init(name, .object(inner)))
        }
    }
}
