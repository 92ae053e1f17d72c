import StrictJSON

extension SchemaReader {
    /// In an order in which problems are best read: what kind of value it is comes first.
    mutating func rules(
        of parts: [Keyword: KeywordValue], in number: Rule.SchemaNumber
    ) -> [Rule] {
        refuseStrayKeywords(parts, in: number)
        if let reference = parts[.reference] { refer(reference, from: number) }
        readDefinitions(parts)
        var rules: [Rule] = []
        if let part = parts[.type], let types = types(in: part) { rules.append(.types(types)) }
        if let part = parts[.const] { rules.append(.values(AllowedValues([part.value]))) }
        if let part = parts[.enum], let values = list(part, of: "the values that are allowed") {
            rules.append(.values(AllowedValues(values)))
        }
        rules += numberRules(parts) + textRules(parts) + arrayRules(parts) + objectRules(parts)
        rules += combinations(parts)
        return rules
    }

    private mutating func refuseStrayKeywords(
        _ parts: [Keyword: KeywordValue], in number: Rule.SchemaNumber
    ) {
        for keyword in [Keyword.then, .else] where parts[.if] == nil {
            guard let part = parts[keyword] else { continue }
            fault(part.value, at: part.pointer, "without 'if' it has no effect")
        }
        if let part = parts[.dialect] {
            let isKnown = part.value.string == "https://json-schema.org/draft/2020-12/schema"
            if !isKnown || number != 0 {
                fault(
                    part.value, at: part.pointer,
                    "it is \"https://json-schema.org/draft/2020-12/schema\", and only at the top")
            }
        }
        if let part = parts[.identifier], number != 0 || part.value.kind != .string {
            fault(part.value, at: part.pointer, "it is a string, and only at the top")
        }
        for keyword in [Keyword.title, .description, .comment] {
            guard let part = parts[keyword], part.value.kind != .string else { continue }
            fault(part.value, at: part.pointer, "it is a string")
        }
        if let part = parts[.deprecated], part.value.kind != .bool {
            fault(part.value, at: part.pointer, "it is true or false")
        }
        if let part = parts[.examples], part.value.kind != .array {
            fault(part.value, at: part.pointer, "it is an array")
        }
    }

    private mutating func readDefinitions(_ parts: [Keyword: KeywordValue]) {
        guard let part = parts[.definitions] else { return }
        guard part.value.kind == .object else {
            return fault(part.value, at: part.pointer, "it is an object of schemas")
        }
        for member in part.value.members {
            _ = schema(member.value, at: part.pointer.appending(member: member.name))
        }
    }

    private mutating func types(in part: KeywordValue) -> [ValueType]? {
        let names =
            part.value.kind == .array ? Array(part.value.elements) : [part.value]
        let types = names.compactMap { $0.string.flatMap(ValueType.init(rawValue:)) }
        guard types.count == names.count, !types.isEmpty, Set(types).count == types.count else {
            let known = ValueType.allCases.map(\.rawValue).joined(separator: ", ")
            fault(part.value, at: part.pointer, "a type is one of \(known), or a list of those")
            return nil
        }
        return types
    }

    private mutating func combinations(_ parts: [Keyword: KeywordValue]) -> [Rule] {
        var rules: [Rule] = []
        if let all = schemas(parts[.allOf]) { rules.append(.all(all)) }
        if let any = schemas(parts[.anyOf]) { rules.append(.any(any)) }
        if let one = schemas(parts[.oneOf]) { rules.append(.one(one)) }
        if let excluded = schema(parts[.not]) { rules.append(.not(excluded)) }
        if let condition = schema(parts[.if]) {
            let then = schema(parts[.then])
            rules.append(.conditional(if: condition, then: then, else: schema(parts[.else])))
        }
        return rules
    }

    // MARK: - Values of keywords

    mutating func schema(_ part: KeywordValue?) -> Rule.SchemaNumber? {
        part.map { schema($0.value, at: $0.pointer) }
    }

    mutating func schemas(_ part: KeywordValue?) -> [Rule.SchemaNumber]? {
        guard let part, let values = list(part, of: "schemas") else { return nil }
        return values.enumerated().map { index, value in
            schema(value, at: part.pointer.appending(index: index))
        }
    }

    /// The elements of an array that is not empty.
    mutating func list(_ part: KeywordValue, of what: String) -> [JSONValue]? {
        let elements = Array(part.value.elements)
        guard !elements.isEmpty else {
            fault(part.value, at: part.pointer, "it is a list of \(what), with one at least")
            return nil
        }
        return elements
    }

    mutating func count(_ part: KeywordValue?) -> Int? {
        guard let part else { return nil }
        guard let number = part.value.exactNumber, number.isWhole, !number.isNegative,
            let count = number.integer
        else {
            fault(part.value, at: part.pointer, "it is a whole number, 0 or more")
            return nil
        }
        return count
    }

    mutating func number(_ part: KeywordValue?) -> WrittenNumber? {
        guard let part else { return nil }
        guard let value = part.value.exactNumber else {
            fault(part.value, at: part.pointer, "it is a number")
            return nil
        }
        return WrittenNumber(
            value: value, text: String(decoding: part.value.sourceText, as: UTF8.self))
    }
}
