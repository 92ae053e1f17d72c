import Support

/// Makes schemas and values, as JSON text, of few names and values, so that they often meet.
struct SchemaGenerator {
    private var generator: SeededGenerator
    private let names = ["a", "b", "c", "\u{e9}", "e\u{301}"]
    private let numbers = [
        "0", "-0", "1", "1.0", "10e-1", "2", "3", "0.1", "0.3", "0.30", "2.5", "-1", "-2.50", "100",
        "1e2",
        "12345678901234567890", "1e300", "1e-300", "9007199254740991",
    ]
    private let strings = [
        "", "a", "ab", "abc", "A1", "b-2", "\u{e9}", "e\u{301}", "ä", "\u{1F600}", "a\\nb", "30",
        "٣", "x y",
    ]
    private let patterns = [
        "a", "^a", "a$", "^[a-c]+$", "^\\\\w+$", "\\\\d", "\\\\D", "^.$", "^..$", "a.b",
        "(a|b)-[0-9]",
        "^(?:[a-z]{2,3}|[0-9]+)$", "b?c", "^[^a]", "^$", "\\\\W", "^(a|ab)(c|bcd)?$", "^(a*)*$",
        "ä|é",
    ]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    private mutating func below(_ bound: Int) -> Int {
        Int.random(in: 0..<bound, using: &generator)
    }

    private mutating func one(of values: [String]) -> String {
        values[below(values.count)]
    }

    // MARK: - Values

    mutating func object(depth: Int = 3) -> String {
        let names = names.shuffled(using: &generator).prefix(below(4))
        return braced(names.map { "\"\($0)\":\(value(depth: depth - 1))" })
    }

    mutating func value(depth: Int) -> String {
        switch below(depth > 0 ? 8 : 6) {
        case 0: one(of: ["true", "false"])
        case 1: "null"
        case 2, 3: one(of: numbers)
        case 4, 5: "\"\(one(of: strings))\""
        case 6: object(depth: depth)
        default:
            "[" + (0..<below(4)).map { _ in value(depth: depth - 1) }.joined(separator: ",") + "]"
        }
    }

    private func braced(_ members: [String]) -> String {
        "{" + members.joined(separator: ",") + "}"
    }

    // MARK: - Schemas

    /// For a payload; its definitions are `x` and `y`, of which the second refers to nothing.
    mutating func schema() -> String {
        let definitions = braced([
            "\"x\":\(schema(depth: 2, refersTo: ["#/$defs/y"]))",
            "\"y\":\(schema(depth: 1, refersTo: []))",
        ])
        let members = keywords(depth: 3, refersTo: ["#/$defs/x", "#/$defs/y"], aboutObjects: true)
        return braced(["\"$defs\":\(definitions)"] + members)
    }

    private mutating func schema(depth: Int, refersTo targets: [String]) -> String {
        if below(12) == 0 { return one(of: ["true", "false"]) }
        return braced(keywords(depth: depth, refersTo: targets, aboutObjects: false))
    }

    private mutating func keywords(
        depth: Int, refersTo targets: [String], aboutObjects: Bool
    ) -> [String] {
        var parts: [String: String] = [:]
        for _ in 0...below(3) {
            let kind = aboutObjects ? [0, 4, 4, 4, 5][below(5)] : below(depth > 0 ? 6 : 3)
            let part: [(String, String)]
            switch kind {
            case 0: part = generalPart(aboutObjects)
            case 1: part = numberPart()
            case 2: part = textPart()
            case 3: part = arrayPart(depth - 1, targets)
            case 4: part = objectPart(depth - 1, targets)
            default: part = combination(depth - 1, targets)
            }
            for (name, value) in part { parts[name] = value }
        }
        return parts.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
    }

    private mutating func generalPart(_ aboutObjects: Bool) -> [(String, String)] {
        let types = ["null", "boolean", "object", "array", "number", "string", "integer"]
        switch below(aboutObjects ? 1 : 4) {
        case 0:
            let chosen = types.shuffled(using: &generator).prefix(1 + below(3)).map { "\"\($0)\"" }
            if chosen.count == 1 { return [("type", aboutObjects ? "\"object\"" : chosen[0])] }
            return [
                ("type", "[" + (aboutObjects ? "\"object\"" : chosen.joined(separator: ",")) + "]")
            ]
        case 1: return [("const", value(depth: 1))]
        case 2:
            let values = (0..<(1 + below(5))).map { _ in value(depth: 2) }
            return [("enum", "[" + values.joined(separator: ",") + "]")]
        default: return [("title", "\"t\""), ("deprecated", "true"), ("default", value(depth: 1))]
        }
    }

    private mutating func numberPart() -> [(String, String)] {
        let bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]
        if below(4) == 0 {
            return [
                (
                    "multipleOf",
                    one(of: ["1", "2", "0.1", "0.3", "0.01", "2.5", "1e2", "3e-1", "7"])
                )
            ]
        }
        return [(one(of: bounds), one(of: numbers))]
    }

    private mutating func textPart() -> [(String, String)] {
        if below(2) == 0 { return [("pattern", "\"\(one(of: patterns))\"")] }
        return [(one(of: ["minLength", "maxLength"]), "\(below(4))")]
    }

    private mutating func arrayPart(_ depth: Int, _ targets: [String]) -> [(String, String)] {
        switch below(5) {
        case 0: return [("items", schema(depth: depth, refersTo: targets))]
        case 1:
            let first = (0..<(1 + below(2))).map { _ in schema(depth: depth, refersTo: targets) }
            let list = ("prefixItems", "[" + first.joined(separator: ",") + "]")
            return below(2) == 0
                ? [list] : [list, ("items", schema(depth: depth, refersTo: targets))]
        case 2: return [("contains", schema(depth: depth, refersTo: targets))]
        case 3: return [("uniqueItems", one(of: ["true", "true", "false"]))]
        default: return [(one(of: ["minItems", "maxItems"]), "\(below(4))")]
        }
    }

    private mutating func objectPart(_ depth: Int, _ targets: [String]) -> [(String, String)] {
        switch below(6) {
        case 0, 1:
            let names = names.shuffled(using: &generator).prefix(1 + below(3))
            return [
                (
                    "properties",
                    braced(names.map { "\"\($0)\":\(schema(depth: depth, refersTo: targets))" })
                )
            ]
        case 2: return [("required", "[\"\(one(of: names))\"]")]
        case 3:
            return [
                (
                    "additionalProperties",
                    below(3) == 0 ? "false" : schema(depth: depth, refersTo: targets)
                )
            ]
        case 4: return [("propertyNames", schema(depth: 0, refersTo: []))]
        default: return [(one(of: ["minProperties", "maxProperties"]), "\(below(4))")]
        }
    }

    private mutating func combination(_ depth: Int, _ targets: [String]) -> [(String, String)] {
        switch below(targets.isEmpty ? 3 : 4) {
        case 0:
            let schemas = (0..<(1 + below(3))).map { _ in schema(depth: depth, refersTo: targets) }
            let list = "[" + schemas.joined(separator: ",") + "]"
            return [(one(of: ["allOf", "anyOf", "oneOf"]), list)]
        case 1: return [("not", schema(depth: depth, refersTo: targets))]
        case 2:
            var parts = [("if", schema(depth: depth, refersTo: targets))]
            if below(3) > 0 { parts.append(("then", schema(depth: depth, refersTo: targets))) }
            if below(3) > 0 { parts.append(("else", schema(depth: depth, refersTo: targets))) }
            return parts
        default: return [("$ref", "\"\(one(of: targets))\"")]
        }
    }
}
