import LicenseRequest
import Tables

/// The products that the rows of a table name.
struct RowProducts {
    private let rows: [TableRow]
    private let names: [String?]
    private let byName: [String: Product]

    static let none = RowProducts(rows: [], names: [], byName: [:])

    private init(rows: [TableRow], names: [String?], byName: [String: Product]) {
        self.rows = rows
        self.names = names
        self.byName = byName
    }

    init(of rows: [TableRow], _ layout: RequestLayout, _ known: KnownProducts) {
        let field = layout.field(.product)
        let names = rows.map { field?.text(in: $0) }
        var byName: [String: Product] = [:]
        for name in Set(names.compactMap(\.self)) { byName[name] = known.product(named: name) }
        self.init(rows: rows, names: names, byName: byName)
    }

    /// Those that are known.
    var all: [Product] { byName.sorted { $0.key < $1.key }.map(\.value) }

    /// Those of the rows that have something in a column; none where one of these rows names no
    /// product, since it may have any claim.
    func using(_ column: TablePlace.Column) -> [Product] {
        var used: Set<String> = []
        for (row, name) in zip(rows, names) where !row[column.index].isEmpty {
            guard let name else { return [] }
            used.insert(name)
        }
        return used.sorted().compactMap { byName[$0] }
    }
}
