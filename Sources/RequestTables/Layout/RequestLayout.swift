import LicenseRequest
import PayloadSchema
import PlainText
import Tables

/// Where in a request each column's cells go.
struct RequestLayout {
    struct Field {
        let member: RequestMember
        let column: TablePlace.Column?
        /// For rows whose cell is empty.
        var constant: String?

        func text(in row: TableRow) -> String? {
            if let column, !row[column.index].isEmpty { return row[column.index] }
            return constant
        }
    }

    private(set) var fields: [Field] = []
    private(set) var problems: [TableProblem] = []

    init(
        _ columns: [TablePlace.Column], _ options: TableOptions, products: RowProducts,
        place: RowPlaces
    ) throws(TableOptions.Fault) {
        // Of a table that cannot be read, that is said.
        for mapping in columns.isEmpty ? [] : options.mappings
        where !columns.contains(where: { $0.name == mapping.column }) {
            let nearest = nearestText(to: mapping.column, among: columns.map(\.name))
            throw TableOptions.Fault(
                message: "--map '\(mapping.column)=…': there is no such column"
                    + (nearest.map { ": did you mean '\($0)'?" } ?? ""))
        }
        var guessed: [Field] = []
        for column in columns where !column.name.isEmpty {
            let member: RequestMember
            if let mapping = options.mappings.first(where: { $0.column == column.name }) {
                guard let mapped = mapping.member else { continue }
                member = mapped
            } else if let named = RequestMember(column.name) {
                member = named
            } else {
                let guess = Guess(ofHeader: column.name, products: products.all)
                add(.unknownColumn, column, guess.message, place)
                if let member = guess.member {
                    guessed.append(Field(member: member, column: column))
                }
                continue
            }
            if let guess = Guess(ofClaim: member, products: products.using(column)) {
                // Of a member of an activation file nobody can change the name.
                let remedy =
                    place == .table
                    ? "" : ", --map '\(column.name)=payload.NAME' calls it otherwise"
                add(.of(.payloadMismatch), column, guess.message + remedy, place)
                if let member = guess.member {
                    guessed.append(Field(member: member, column: column))
                }
                continue
            }
            add(Field(member: member, column: column), place)
        }
        // What was probably meant stands in for it, so that each row is not told of the same slip.
        for field in guessed where !fields.contains(where: { $0.member.overlaps(field.member) }) {
            fields.append(field)
        }
        try add(options.constants)
        // As requests are written by hand.
        fields = fields.enumerated().sorted {
            ($0.element.member.rank, $0.offset) < ($1.element.member.rank, $1.offset)
        }.map(\.element)
    }

    private mutating func add(
        _ code: TableProblem.Code, _ column: TablePlace.Column, _ message: String,
        _ place: RowPlaces
    ) {
        let header = TablePlace(row: 1, column: column)
        problems.append(TableProblem(code, at: .cell(header), message, place))
    }

    private mutating func add(_ field: Field, _ place: RowPlaces) {
        if let column = field.column,
            let other = fields.first(where: { $0.member.overlaps(field.member) }),
            let otherColumn = other.column
        {
            let what =
                other.member == field.member
                ? "gives '\(field.member)' as well" : "gives '\(other.member)', which overlaps"
            add(
                .unknownColumn, column,
                "column \(otherColumn.letters) \(what): leave one of them out", place)
        } else {
            fields.append(field)
        }
    }

    private mutating func add(
        _ constants: [(member: RequestMember, text: String)]
    ) throws(TableOptions.Fault) {
        for (member, text) in constants {
            if let index = fields.firstIndex(where: { $0.member == member }) {
                fields[index].constant = text
            } else if let other = fields.first(where: { $0.member.overlaps(member) }) {
                throw TableOptions.Fault(
                    message:
                        "--set '\(member)=…' overlaps with '\(other.member)', which is given too")
            } else {
                fields.append(Field(member: member, column: nil, constant: text))
            }
        }
    }

    func field(_ member: RequestMember) -> Field? {
        fields.first { $0.member == member }
    }

    /// The field whose value holds what is at a path of names from the request on.
    func field(holding path: [String]) -> Field? {
        fields.first { path.starts(with: $0.member.path) }
    }

    var givesClaims: Bool {
        fields.contains { if case .payload = $0.member { true } else { false } }
    }
}

extension RequestLayout.Field {
    fileprivate init(member: RequestMember, column: TablePlace.Column) {
        self.init(member: member, column: column, constant: nil)
    }
}

extension RequestMember {
    private static let firstNames = [
        "action", "requestId", "license", "name", "customer", "description", "product", "plan",
        "notBefore", "expiresAt",
    ]

    fileprivate var rank: Int {
        switch self {
        case .member(let name): Self.firstNames.firstIndex(of: name) ?? Self.firstNames.count
        case .payload: Self.firstNames.count + 1
        }
    }

    /// Whether one of them is within the other.
    fileprivate func overlaps(_ other: RequestMember) -> Bool {
        path.starts(with: other.path) || other.path.starts(with: path)
    }
}
