import StrictJSON

/// The keywords for values of one kind.
extension SchemaReader {
    mutating func numberRules(_ parts: [Keyword: KeywordValue]) -> [Rule] {
        let sides: [(Keyword, NumberBound.Side)] = [
            (.minimum, .least), (.maximum, .most), (.exclusiveMinimum, .above),
            (.exclusiveMaximum, .below),
        ]
        var rules: [Rule] = []
        for (keyword, side) in sides {
            guard let limit = number(parts[keyword]) else { continue }
            rules.append(.bound(NumberBound(side: side, limit: limit)))
        }
        guard let part = parts[.multipleOf], let divisor = number(part) else { return rules }
        let digits = ExactNumber.maximumDivisorDigits
        guard !divisor.value.isNegative, !divisor.value.isZero, divisor.value.digits.count <= digits
        else {
            fault(
                part.value, at: part.pointer,
                "it is a number above 0, of at most \(digits) digits")
            return rules
        }
        return rules + [.multiple(of: divisor)]
    }

    mutating func textRules(_ parts: [Keyword: KeywordValue]) -> [Rule] {
        var rules = countRules(parts, .minLength, .maxLength).map { Rule.length($0) }
        guard let part = parts[.pattern] else { return rules }
        guard let text = part.value.string else {
            fault(part.value, at: part.pointer, "it is a string")
            return rules
        }
        do throws(PatternFault) {
            rules.append(.pattern(try Pattern(text)))
        } catch {
            fault(part.value, at: part.pointer, error.message)
        }
        return rules
    }

    mutating func arrayRules(_ parts: [Keyword: KeywordValue]) -> [Rule] {
        var rules = countRules(parts, .minItems, .maxItems).map { Rule.elementCount($0) }
        let first = schemas(parts[.prefixItems]) ?? []
        let others = schema(parts[.items])
        if !first.isEmpty || others != nil { rules.append(.elements(first: first, others: others)) }
        if let wanted = schema(parts[.contains]) { rules.append(.contains(wanted)) }
        if let part = parts[.uniqueItems] {
            switch part.value.bool {
            case true: rules.append(.uniqueElements)
            case false: break
            default: fault(part.value, at: part.pointer, "it is true or false")
            }
        }
        return rules
    }

    mutating func objectRules(_ parts: [Keyword: KeywordValue]) -> [Rule] {
        var rules = countRules(parts, .minProperties, .maxProperties).map { Rule.memberCount($0) }
        if let part = parts[.required], let names = requiredNames(part) {
            rules.append(.required(names))
        }
        if let members = memberRules(parts) { rules.append(.members(members)) }
        if let names = schema(parts[.propertyNames]) { rules.append(.memberNames(names)) }
        return rules
    }

    private mutating func requiredNames(_ part: KeywordValue) -> [String]? {
        let names = part.value.elements.compactMap(\.string)
        guard part.value.kind == .array, names.count == part.value.count,
            Set(names.map { Array($0.utf8) }).count == names.count
        else {
            fault(part.value, at: part.pointer, "it is a list of names, each once")
            return nil
        }
        return names
    }

    private mutating func memberRules(_ parts: [Keyword: KeywordValue]) -> MemberRules? {
        guard parts[.properties] != nil || parts[.additionalProperties] != nil else { return nil }
        var names: [String] = []
        var schemas: [[UInt8]: Rule.SchemaNumber] = [:]
        if let part = parts[.properties] {
            guard part.value.kind == .object else {
                fault(part.value, at: part.pointer, "it is an object of schemas")
                return nil
            }
            for member in part.value.members {
                names.append(member.name)
                schemas[Array(member.name.utf8)] = schema(
                    member.value, at: part.pointer.appending(member: member.name))
            }
        }
        let others = parts[.additionalProperties]
        return MemberRules(
            names: names, schemas: schemas, others: schema(others),
            isClosed: others?.value.bool == false)
    }

    private mutating func countRules(
        _ parts: [Keyword: KeywordValue], _ least: Keyword, _ most: Keyword
    ) -> [CountBound] {
        var bounds: [CountBound] = []
        if let limit = count(parts[least]) { bounds.append(CountBound(side: .least, limit: limit)) }
        if let limit = count(parts[most]) { bounds.append(CountBound(side: .most, limit: limit)) }
        return bounds
    }
}
