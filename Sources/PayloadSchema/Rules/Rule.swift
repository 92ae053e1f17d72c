import StrictJSON

/// What one keyword asks of a value, or a few that belong together.
enum Rule: Sendable {
    /// The number of a schema among those of a `PayloadSchema`.
    typealias SchemaNumber = Int

    /// Nothing is accepted: the schema `false`.
    case refusal
    case types([ValueType])
    /// `enum` and `const`.
    case values(AllowedValues)
    case bound(NumberBound)
    case multiple(of: WrittenNumber)
    /// Of a string, in Unicode scalar values.
    case length(CountBound)
    case pattern(Pattern)
    case elementCount(CountBound)
    /// `prefixItems` and `items`.
    case elements(first: [SchemaNumber], others: SchemaNumber?)
    case contains(SchemaNumber)
    case uniqueElements
    case memberCount(CountBound)
    case required([String])
    /// `properties` and `additionalProperties`.
    case members(MemberRules)
    case memberNames(SchemaNumber)
    case all([SchemaNumber])
    case any([SchemaNumber])
    case one([SchemaNumber])
    case not(SchemaNumber)
    case conditional(if: SchemaNumber, then: SchemaNumber?, else: SchemaNumber?)
    case reference(SchemaNumber)

    /// The schemas that look at the same value.
    var appliedInPlace: [SchemaNumber] {
        switch self {
        case .all(let schemas), .any(let schemas), .one(let schemas): schemas
        case .not(let schema), .reference(let schema): [schema]
        case .conditional(let condition, let then, let otherwise):
            [condition] + [then, otherwise].compactMap { $0 }
        default: []
        }
    }
}

/// A number of the schema, and how it is written there.
struct WrittenNumber: Sendable {
    let value: ExactNumber
    let text: String
    /// Nil where it does not fit.
    let integer: Int?

    init(value: ExactNumber, text: String) {
        self.value = value
        self.text = text
        integer = value.integer
    }
}

struct NumberBound: Sendable {
    enum Side: Sendable { case least, most, above, below }

    let side: Side
    let limit: WrittenNumber

    func allows(_ number: ExactNumber) -> Bool {
        allows(number, limit.value)
    }

    /// The same, faster; false also where the limit is no such number.
    func allows(integer: Int) -> Bool {
        limit.integer.map { allows(integer, $0) } ?? false
    }

    private func allows<Number: Comparable>(_ number: Number, _ limit: Number) -> Bool {
        switch side {
        case .least: number >= limit
        case .most: number <= limit
        case .above: number > limit
        case .below: number < limit
        }
    }
}

struct CountBound: Sendable {
    enum Side: Sendable { case least, most }

    let side: Side
    let limit: Int

    func allows(_ count: Int) -> Bool {
        side == .least ? count >= limit : count <= limit
    }
}

struct AllowedValues: Sendable {
    /// The strings as UTF-8.
    private let plainStrings: [[UInt8]]
    private let keys: Set<ComparisonKey>
    /// As the schema writes them.
    let texts: [String]
    /// Those that are strings.
    let strings: [String]

    /// So few are compared one by one.
    private static let fewStrings = 16

    init(_ values: [JSONValue]) {
        keys = Set(values.map { ComparisonKey(of: .value($0)) })
        texts = values.map { String(decoding: $0.compact, as: UTF8.self) }
        strings = values.compactMap(\.string)
        plainStrings = strings.map { Array($0.utf8) }
    }

    func contain(_ instance: Instance) -> Bool {
        if case .value(let value) = instance, value.kind == .string,
            plainStrings.count <= Self.fewStrings
        {
            return plainStrings.contains { value.isString($0) }
        }
        return keys.contains(ComparisonKey(of: instance))
    }
}

struct MemberRules: Sendable {
    /// In the order of the schema.
    let names: [String]
    /// By the UTF-8 bytes of the name: canonically equivalent names are different ones in JSON.
    private let schemas: [[UInt8]: Rule.SchemaNumber]
    /// Where there are few: these are gone through without copying a name.
    private let fewSchemas: [(name: [UInt8], schema: Rule.SchemaNumber)]?
    let others: Rule.SchemaNumber?
    /// Whether `additionalProperties` is `false`.
    let isClosed: Bool

    private static let fewCount = 16

    init(
        names: [String], schemas: [[UInt8]: Rule.SchemaNumber], others: Rule.SchemaNumber?,
        isClosed: Bool
    ) {
        self.names = names
        self.schemas = schemas
        self.others = others
        self.isClosed = isClosed
        fewSchemas = schemas.count <= Self.fewCount ? schemas.map { ($0.key, $0.value) } : nil
    }

    /// The schema of the member of this name, if it has one of its own.
    func schema(of name: String) -> Rule.SchemaNumber? { schemas[Array(name.utf8)] }

    func schema(of member: JSONMember) -> Rule.SchemaNumber? {
        guard let fewSchemas else { return schema(of: member.name) }
        return fewSchemas.first { member.isNamed($0.name) }?.schema
    }
}
