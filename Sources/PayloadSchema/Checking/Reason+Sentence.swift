import PlainText
import StrictJSON

extension Reason {
    /// No more of a value or a list is quoted.
    static let quoteLimit = 200
    private static let listLimit = 12

    /// - Parameter subject: the value at fault, such as `modules[2]`.
    func sentence(about subject: String) -> String {
        switch self {
        case .refused: "\(subject) must not be given"
        case .wrongType(let types, let value, let kind):
            "\(subject) must be \(Self.description(of: types)): "
                + Self.correction(of: value, kind, to: types)
        case .notAllowed(let values, let value):
            "\(subject) must be \(Self.list(values.texts)), not \(Self.quote(value))"
                + Self.suggestion(of: value, among: values.strings)
        case .outOfBound(let bound, let value):
            "\(subject) must be \(bound.side.words) \(bound.limit.text), not \(Self.quote(value))"
        case .noMultiple(let divisor, let value):
            "\(subject) must be a multiple of \(divisor), not \(Self.quote(value))"
        case .length(let bound, let count):
            "\(subject) must have \(Self.amount(bound, "character")), and has \(count)"
        case .noMatch(let pattern, let value):
            "\(subject) must match \(pattern.text), which \(Self.quote(value)) does not"
        case .elementCount(let bound, let count):
            "\(subject) must have \(Self.amount(bound, "entry", "entries")), and has \(count)"
        case .nothingContained: "\(subject) has no entry that the product asks for"
        case .repeated(let value): "\(subject) is there twice: \(Self.quote(value))"
        case .memberCount(let bound, let count):
            "\(subject) must have \(Self.amount(bound, "member")), and has \(count)"
        case .missing(let name):
            subject == "the payload"
                ? "\(name) is missing, which the product asks for"
                : "\(subject) lacks \(name), which the product asks for"
        case .unknown(let known):
            "the product knows no \(subject)" + Self.suggestion(of: subject, knowing: known)
        case .badName(let sentence): "\(subject) is not allowed: \(sentence)"
        case .noAlternative(let count, let nearest):
            "\(subject) is none of the \(count) forms that the product allows"
                + (nearest.map { "; nearest: \($0)" } ?? "")
        case .severalAlternatives(let count):
            "\(subject) is \(count) of the forms that the product allows, and must be one"
        case .excluded(let value): "\(subject) must not be \(Self.quote(value))"
        case .tooManySteps:
            "the product's schema takes too long for this payload: simplify the schema"
        }
    }

    private static func quote(_ value: String) -> String {
        value.shortened(to: quoteLimit)
    }

    private static func list(_ texts: [String]) -> String {
        let shown = texts.prefix(listLimit).map(quote)
        if texts.count > listLimit {
            return "one of " + shown.joined(separator: ", ")
                + " and \(texts.count - listLimit) more"
        }
        guard let last = shown.last, shown.count > 1 else { return shown.first ?? "nothing" }
        return shown.dropLast().joined(separator: ", ") + " or " + last
    }

    private static func amount(
        _ bound: CountBound, _ noun: String, _ plural: String? = nil
    ) -> String {
        let words = bound.side == .least ? "at least" : "at most"
        return "\(words) \(bound.limit) \(bound.limit == 1 ? noun : plural ?? noun + "s")"
    }

    // MARK: - Types

    private static func description(of types: [ValueType]) -> String {
        list(types.map(\.words))
    }

    /// What to write instead, where that can be told.
    private static func correction(
        of value: String, _ kind: JSONValue.Kind, to types: [ValueType]
    ) -> String {
        if kind == .string, let plain = plainText(of: value),
            types.contains(where: { $0.takes(plain) })
        {
            return "write \(quote(plain)), not \(quote(value))"
        }
        if types == [.string], [.number, .bool].contains(kind) {
            return "write \"\(quote(value))\", not \(quote(value))"
        }
        if types == [.array], [.string, .number, .bool].contains(kind) {
            return "write [\(quote(value))], not \(quote(value))"
        }
        return "it is \(quote(value))"
    }

    /// Between the quotes of a string without escapes.
    private static func plainText(of value: String) -> String? {
        let plain = value.dropFirst().dropLast()
        return plain.contains("\\") ? nil : String(plain)
    }

    // MARK: - Suggestions

    private static func suggestion(of value: String, among strings: [String]) -> String {
        guard value.hasPrefix("\""), let plain = plainText(of: value),
            let nearest = nearestText(to: plain, among: strings)
        else { return "" }
        return ": did you mean \"\(nearest)\"?"
    }

    private static func suggestion(of subject: String, knowing known: [String]) -> String {
        let name = subject.split(separator: ".").last.map(String.init) ?? subject
        if let nearest = nearestText(to: name, among: known) { return ": did you mean \(nearest)?" }
        return known.isEmpty ? " and nothing else" : ": it knows \(list(known))"
    }
}

extension ValueType {
    fileprivate var words: String {
        switch self {
        case .null: "null"
        case .boolean: "true or false"
        case .object: "an object in braces"
        case .array: "a list in brackets"
        case .number: "a number"
        case .string: "text in quotes"
        case .integer: "a whole number"
        }
    }

    /// Whether it is a value of this type as it stands.
    fileprivate func takes(_ text: String) -> Bool {
        // Why it is no JSON is thrown away: there is nothing to suggest then.
        guard let document = try? JSONDocument.parse(Array(text.utf8)) else { return false }
        return self != .string && includes(.value(document.root))
    }
}

extension NumberBound.Side {
    fileprivate var words: String {
        switch self {
        case .least: "at least"
        case .most: "at most"
        case .above: "more than"
        case .below: "less than"
        }
    }
}
