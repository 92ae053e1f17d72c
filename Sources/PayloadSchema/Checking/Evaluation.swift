import StrictJSON

/// Holds one payload against the schemas of a product.
struct Evaluation {

    /// Schemas that refer to each other again and again would take for ever.
    private static let maximumSteps = 1_000_000

    let schemas: [[Rule]]
    private var steps = 0

    init(schemas: [[Rule]]) {
        self.schemas = schemas
    }

    var isExhausted: Bool { steps > Self.maximumSteps }

    mutating func problems(
        of instance: Instance, at location: Location, by schema: Rule.SchemaNumber
    ) -> [PayloadProblem] {
        var problems: [PayloadProblem] = []
        for rule in schemas[schema] {
            steps += 1
            guard !isExhausted else { return problems }
            problems += self.problems(of: instance, at: location, by: rule)
        }
        return problems
    }

    private mutating func accepts(_ instance: Instance, by schema: Rule.SchemaNumber) -> Bool {
        problems(of: instance, at: .root, by: schema).isEmpty
    }

    private mutating func problems(
        of instance: Instance, at location: Location, by rule: Rule
    ) -> [PayloadProblem] {
        switch rule {
        case .types, .values, .refusal, .not, .all, .any, .one, .conditional, .reference:
            return ofAnyKind(instance, at: location, by: rule)
        case .bound(let bound) where instance.integer.map(bound.allows(integer:)) == true:
            return []
        case .bound, .multiple:
            guard let number = instance.number else { return [] }
            return Self.reason(number, instance, rule).map { [problem($0, instance, location)] }
                ?? []
        case .length, .pattern:
            guard let string = instance.string else { return [] }
            return Self.reason(string, instance, rule).map { [problem($0, instance, location)] }
                ?? []
        case .elementCount, .elements, .contains, .uniqueElements:
            return instance.kind == .array ? ofElements(instance, at: location, by: rule) : []
        case .memberCount, .required, .members, .memberNames:
            return instance.kind == .object ? ofMembers(instance, at: location, by: rule) : []
        }
    }

    private func problem(
        _ reason: Reason, _ instance: Instance, _ location: Location
    ) -> PayloadProblem {
        switch instance {
        case .payload: PayloadProblem(path: location.path, place: .whole, reason: reason)
        case .value(let value):
            PayloadProblem(path: location.path, place: .value(value), reason: reason)
        }
    }

    private static func reason(
        _ number: ExactNumber, _ instance: Instance, _ rule: Rule
    ) -> Reason? {
        switch rule {
        case .bound(let bound):
            bound.allows(number) ? nil : .outOfBound(bound, value: instance.text)
        case .multiple(let divisor):
            number.isMultiple(of: divisor.value) == true
                ? nil : .noMultiple(of: divisor.text, value: instance.text)
        default: nil
        }
    }

    private static func reason(_ string: String, _ instance: Instance, _ rule: Rule) -> Reason? {
        switch rule {
        case .length(let bound):
            let count = string.unicodeScalars.count
            return bound.allows(count) ? nil : .length(bound, count)
        case .pattern(let pattern):
            return pattern.matches(string.unicodeScalars)
                ? nil : .noMatch(pattern, value: instance.text)
        default: return nil
        }
    }

    // MARK: - Any kind

    private mutating func ofAnyKind(
        _ instance: Instance, at location: Location, by rule: Rule
    ) -> [PayloadProblem] {
        switch rule {
        case .refusal: return [problem(.refused, instance, location)]
        case .types(let types):
            if types.contains(where: { $0.includes(instance) }) { return [] }
            let reason = Reason.wrongType(types, value: instance.text, kind: instance.kind)
            return [problem(reason, instance, location)]
        case .values(let values):
            if values.contain(instance) { return [] }
            return [problem(.notAllowed(values, value: instance.text), instance, location)]
        case .not(let schema):
            guard accepts(instance, by: schema) else { return [] }
            return [problem(.excluded(value: instance.text), instance, location)]
        case .reference(let schema): return problems(of: instance, at: location, by: schema)
        case .all(let schemas):
            return schemas.flatMap { problems(of: instance, at: location, by: $0) }
        case .any(let schemas), .one(let schemas):
            return ofAlternatives(instance, at: location, schemas, by: rule)
        case .conditional(let condition, let then, let otherwise):
            guard let schema = accepts(instance, by: condition) ? then : otherwise else {
                return []
            }
            return problems(of: instance, at: location, by: schema)
        default: return []
        }
    }

    private mutating func ofAlternatives(
        _ instance: Instance, at location: Location, _ schemas: [Rule.SchemaNumber], by rule: Rule
    ) -> [PayloadProblem] {
        let tries = schemas.map { problems(of: instance, at: location, by: $0) }
        let count = tries.count { $0.isEmpty }
        if case .one = rule, count > 1 {
            return [problem(.severalAlternatives(count: count), instance, location)]
        }
        guard count == 0 else { return [] }
        // The nearest is the one whose first problem is deepest in the payload, or has the fewest.
        let nearest = tries.min {
            let (first, second) = ($0[0].path.count, $1[0].path.count)
            return first == second ? $0.count < $1.count : first > second
        }
        let reason = Reason.noAlternative(count: tries.count, nearest: nearest?.first?.message)
        return [problem(reason, instance, location)]
    }

    // MARK: - Arrays and objects

    private mutating func ofElements(
        _ instance: Instance, at location: Location, by rule: Rule
    ) -> [PayloadProblem] {
        let elements = instance.elements
        switch rule {
        case .elementCount(let bound):
            if bound.allows(elements.count) { return [] }
            return [problem(.elementCount(bound, elements.count), instance, location)]
        case .elements(let first, let others):
            var found: [PayloadProblem] = []
            for (index, element) in elements.enumerated() {
                guard let schema = index < first.count ? first[index] : others else { break }
                found += problems(
                    of: .value(element), at: .element(index, of: location), by: schema)
            }
            return found
        case .contains(let schema):
            if elements.contains(where: { accepts(.value($0), by: schema) }) { return [] }
            return [problem(.nothingContained, instance, location)]
        case .uniqueElements:
            guard elements.count > 1, !Self.areDifferentStrings(elements) else { return [] }
            var seen: Set<ComparisonKey> = []
            for (index, element) in elements.enumerated() {
                let value = Instance.value(element)
                if seen.insert(ComparisonKey(of: value)).inserted { continue }
                return [
                    problem(.repeated(value: value.text), value, .element(index, of: location))
                ]
            }
            return []
        default: return []
        }
    }

    private mutating func ofMembers(
        _ instance: Instance, at location: Location, by rule: Rule
    ) -> [PayloadProblem] {
        let members = instance.members
        switch rule {
        case .memberCount(let bound):
            if bound.allows(members.count) { return [] }
            return [problem(.memberCount(bound, members.count), instance, location)]
        case .required(let names):
            return Self.missing(names, among: members)
                .map { problem(.missing($0), instance, location) }
        case .members(let rules):
            return members.flatMap { problems(of: $0, at: location, by: rules) }
        case .memberNames(let schema):
            return members.compactMap { member in
                let found = problems(of: .value(member.nameValue), at: .root, by: schema)
                guard let first = found.first else { return nil }
                return PayloadProblem(
                    path: Location.member(member, of: location).path, place: .name(member),
                    reason: .badName(first.reason.sentence(about: "its name")))
            }
        default: return []
        }
    }

    /// Whether that can be told at a glance.
    private static func areDifferentStrings(_ elements: [JSONValue]) -> Bool {
        guard elements.count <= fewMembers, elements.allSatisfy({ $0.kind == .string }) else {
            return false
        }
        let texts = elements.compactMap(\.string).map { Array($0.utf8) }
        return texts.indices.allSatisfy { !texts[..<$0].contains(texts[$0]) }
    }

    private static func missing(_ names: [String], among members: [JSONMember]) -> [String] {
        guard members.count > fewMembers else {
            return names.filter { name in
                let name = Array(name.utf8)
                return !members.contains { $0.isNamed(name) }
            }
        }
        let present = Set(members.map { Array($0.name.utf8) })
        return names.filter { !present.contains(Array($0.utf8)) }
    }

    /// So few are compared one by one.
    private static let fewMembers = 16

    private mutating func problems(
        of member: JSONMember, at location: Location, by rules: MemberRules
    ) -> [PayloadProblem] {
        if let schema = rules.schema(of: member) {
            return problems(
                of: .value(member.value), at: .member(member, of: location), by: schema)
        }
        if rules.isClosed {
            let reason = Reason.unknown(known: rules.names)
            return [
                PayloadProblem(
                    path: Location.member(member, of: location).path, place: .name(member),
                    reason: reason)
            ]
        }
        guard let schema = rules.others else { return [] }
        return problems(
            of: .value(member.value), at: .member(member, of: location), by: schema)
    }
}
