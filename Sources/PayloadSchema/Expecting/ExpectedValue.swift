/// What a schema lets be at one place, as far as that can be told without a payload.
package struct ExpectedValue: Sendable, Equatable {
    /// A type of JSON; `number` stands beside `integer` where any number will do.
    package enum Kind: Sendable, CaseIterable {
        case null, boolean, object, array, number, integer, string
    }

    /// Empty where nothing can be there.
    package var kinds: Set<Kind>
    /// Whether an object that takes no other members does not name this one.
    package var isUnknown = false
    /// The members that the schema names here.
    package var memberNames: [String] = []

    package init(kinds: Set<Kind>, isUnknown: Bool = false, memberNames: [String] = []) {
        self.kinds = kinds
        self.isUnknown = isUnknown
        self.memberNames = memberNames
    }

    static let anything = ExpectedValue(kinds: Set(Kind.allCases))

    func and(_ other: ExpectedValue) -> ExpectedValue {
        ExpectedValue(
            kinds: kinds.intersection(other.kinds), isUnknown: isUnknown || other.isUnknown,
            memberNames: memberNames + other.memberNames.filter { !memberNames.contains($0) })
    }

    func or(_ other: ExpectedValue) -> ExpectedValue {
        ExpectedValue(
            kinds: kinds.union(other.kinds), isUnknown: isUnknown && other.isUnknown,
            memberNames: memberNames + other.memberNames.filter { !memberNames.contains($0) })
    }
}

extension ExpectedValue {
    init(of types: [ValueType]) {
        var kinds: Set<Kind> = []
        for type in types {
            switch type {
            case .null: kinds.insert(.null)
            case .boolean: kinds.insert(.boolean)
            case .object: kinds.insert(.object)
            case .array: kinds.insert(.array)
            case .number: kinds.formUnion([.number, .integer])
            case .string: kinds.insert(.string)
            case .integer: kinds.insert(.integer)
            }
        }
        self.init(kinds: kinds)
    }

    init(of values: AllowedValues) {
        // As the schema writes them: the first byte tells.
        let types = values.texts.map { text -> ValueType in
            switch text.utf8.first {
            case UInt8(ascii: "n"): .null
            case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
            case UInt8(ascii: "{"): .object
            case UInt8(ascii: "["): .array
            case UInt8(ascii: "\""): .string
            default: .number
            }
        }
        self.init(of: types)
    }
}
