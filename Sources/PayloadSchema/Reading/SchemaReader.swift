import PlainText
import StrictJSON

/// Makes rules of the text of a schema.
struct SchemaReader {
    private typealias Fault = SchemaFaults.Fault

    private let root: JSONValue
    private let rootPointer: JSONPointer
    private var schemas: [[Rule]] = []
    /// The numbers of the schemas by where they begin.
    private var numbers: [Int: Rule.SchemaNumber] = [:]
    private var references: [Reference] = []
    private var faults: [Fault] = []

    init(root: JSONValue, at pointer: JSONPointer) {
        self.root = root
        rootPointer = pointer
    }

    mutating func read() throws(SchemaFaults) -> [[Rule]] {
        _ = schema(root, at: rootPointer)
        resolveReferences()
        if faults.isEmpty { refuseEndlessReferences() }
        guard faults.isEmpty else {
            throw SchemaFaults(faults: faults.sorted { $0.offset < $1.offset })
        }
        return schemas
    }

    mutating func fault(_ value: JSONValue, at pointer: JSONPointer, _ message: String) {
        faults.append(Fault(pointer: pointer, offset: value.offset, message: message))
    }

    /// Reads a schema within the text, and says its number.
    mutating func schema(_ value: JSONValue, at pointer: JSONPointer) -> Rule.SchemaNumber {
        let number = schemas.count
        schemas.append([])
        numbers[value.offset] = number
        switch value.kind {
        case .bool: schemas[number] = value.bool == false ? [.refusal] : []
        case .object:
            let parts = self.parts(of: value, at: pointer)
            let rules = rules(of: parts, in: number)
            schemas[number] = rules
        default: fault(value, at: pointer, "a schema is an object, true or false")
        }
        return number
    }

    /// The keywords of one schema.
    private mutating func parts(
        of value: JSONValue, at pointer: JSONPointer
    ) -> [Keyword: KeywordValue] {
        var parts: [Keyword: KeywordValue] = [:]
        for member in value.members {
            let pointer = pointer.appending(member: member.name)
            guard let keyword = Keyword(rawValue: member.name) else {
                fault(member.nameValue, at: pointer, Self.refusal(of: member.name))
                continue
            }
            parts[keyword] = KeywordValue(value: member.value, pointer: pointer)
        }
        return parts
    }

    private static func refusal(of name: String) -> String {
        let known = Keyword.allCases.map(\.rawValue)
        let shown = name.shortened(to: 60)
        guard let nearest = nearestText(to: name, among: known) else {
            return "the keyword '\(shown)' is not supported, and would have no effect: leave it out"
        }
        return "'\(shown)' is no keyword: did you mean '\(nearest)'?"
    }

    // MARK: - References

    private struct Reference {
        let keyword: KeywordValue
        let from: Rule.SchemaNumber
    }

    mutating func refer(_ keyword: KeywordValue, from number: Rule.SchemaNumber) {
        references.append(Reference(keyword: keyword, from: number))
    }

    /// Once all schemas of the text are known.
    private mutating func resolveReferences() {
        for reference in references {
            let keyword = reference.keyword
            guard let text = keyword.value.string, text.hasPrefix("#") else {
                fault(
                    keyword.value, at: keyword.pointer,
                    "a reference stays in the file: '#/$defs/NAME' or '#'")
                continue
            }
            guard let place = target(of: text.dropFirst()), let number = numbers[place.offset]
            else {
                fault(
                    keyword.value, at: keyword.pointer,
                    "it leads to no schema: '#/$defs/NAME' is one of those in $defs")
                continue
            }
            schemas[reference.from].append(.reference(number))
        }
    }

    /// The value at a pointer (RFC 6901) from the beginning of the schema.
    private func target(of pointer: Substring) -> JSONValue? {
        if pointer.isEmpty { return root }
        guard pointer.hasPrefix("/") else { return nil }
        var value = root
        for token in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let name = String(token).replacing("~1", with: "/").replacing("~0", with: "~")
            let index = Int(name)
            let next =
                value.kind == .array
                ? index.flatMap { index in
                    value.elements.enumerated().first { $0.offset == index }?.element
                }
                : value.member(name)
            guard let next else { return nil }
            value = next
        }
        return value
    }

    /// A schema that comes back to itself at the same value would never end.
    private mutating func refuseEndlessReferences() {
        var isDone = [Bool](repeating: false, count: schemas.count)
        for reference in references where !isDone[reference.from] {
            var waiting = schemas[reference.from].flatMap(\.appliedInPlace)
            var seen: Set<Rule.SchemaNumber> = []
            while let number = waiting.popLast() {
                guard number != reference.from else {
                    fault(
                        reference.keyword.value, at: reference.keyword.pointer,
                        "it leads back to itself without a step into the payload")
                    isDone[number] = true
                    break
                }
                guard seen.insert(number).inserted else { continue }
                waiting += schemas[number].flatMap(\.appliedInPlace)
            }
        }
    }
}

/// What a schema says under a keyword.
struct KeywordValue {
    let value: JSONValue
    let pointer: JSONPointer
}
