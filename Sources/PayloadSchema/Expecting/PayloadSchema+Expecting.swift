extension PayloadSchema {
    /// What may be at a path of member names; anything where that cannot be told.
    package func expectedValue(at path: [String]) -> ExpectedValue {
        var search = ExpectedValueSearch(schemas: schemas)
        return search.expectedValue(at: path[...], by: 0)
    }
}

/// Goes through those schemas that look at one place.
private struct ExpectedValueSearch {
    /// Schemas may refer to each other in circles.
    private static let maximumSteps = 10_000

    let schemas: [[Rule]]
    private var steps = 0

    init(schemas: [[Rule]]) {
        self.schemas = schemas
    }

    mutating func expectedValue(
        at path: ArraySlice<String>, by schema: Rule.SchemaNumber
    ) -> ExpectedValue {
        var found = ExpectedValue.anything
        for rule in schemas[schema] {
            steps += 1
            guard steps <= Self.maximumSteps else { return .anything }
            found = found.and(expectedValue(at: path, by: rule))
        }
        return found
    }

    private mutating func expectedValue(at path: ArraySlice<String>, by rule: Rule) -> ExpectedValue
    {
        switch rule {
        case .refusal: return ExpectedValue(kinds: [])
        case .types(let types) where path.isEmpty: return ExpectedValue(of: types)
        case .values(let values) where path.isEmpty: return ExpectedValue(of: values)
        case .members(let rules): return expectedValue(at: path, by: rules)
        case .reference(let schema): return expectedValue(at: path, by: schema)
        case .all(let schemas):
            return schemas.reduce(.anything) { $0.and(expectedValue(at: path, by: $1)) }
        case .any(let schemas), .one(let schemas): return expectedValue(at: path, byOneOf: schemas)
        case .conditional(_, let then, let otherwise):
            guard let then, let otherwise else { return named(at: path, then ?? otherwise) }
            return expectedValue(at: path, byOneOf: [then, otherwise])
        default: return .anything
        }
    }

    private mutating func expectedValue(
        at path: ArraySlice<String>, byOneOf schemas: [Rule.SchemaNumber]
    ) -> ExpectedValue {
        let forms = schemas.map { expectedValue(at: path, by: $0) }
        return forms.dropFirst().reduce(forms.first ?? .anything) { $0.or($1) }
    }

    /// Of a schema that may apply or not only the names are known.
    private mutating func named(
        at path: ArraySlice<String>, _ schema: Rule.SchemaNumber?
    ) -> ExpectedValue {
        guard let schema else { return .anything }
        var found = ExpectedValue.anything
        found.memberNames = expectedValue(at: path, by: schema).memberNames
        return found
    }

    private mutating func expectedValue(
        at path: ArraySlice<String>, by rules: MemberRules
    ) -> ExpectedValue {
        guard let name = path.first else {
            var found = ExpectedValue.anything
            found.memberNames = rules.names
            return found
        }
        if let schema = rules.schema(of: name) {
            return expectedValue(at: path.dropFirst(), by: schema)
        }
        if rules.isClosed { return ExpectedValue(kinds: [], isUnknown: true) }
        guard let others = rules.others else { return .anything }
        return expectedValue(at: path.dropFirst(), by: others)
    }
}
