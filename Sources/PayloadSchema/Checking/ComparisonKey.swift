import StrictJSON

/// The same for two values where JSON Schema takes them for equal (core, section 4.2.2): numbers by
/// value, strings by their characters, objects whatever the order of their members.
struct ComparisonKey: Hashable {
    private var bytes: [UInt8] = []

    init(of instance: Instance) {
        append(instance)
    }

    private mutating func append(_ instance: Instance) {
        switch instance.kind {
        case .null: append(tag: "n")
        case .bool: append(tag: instance.text == "true" ? "t" : "f")
        case .string: append(instance.string ?? "")
        case .number:
            guard let number = instance.number else { return }
            append(tag: number.isNegative ? "-" : "+")
            append(number.digits)
            append(Array(String(number.magnitude).utf8))
        case .array:
            append(tag: "[")
            for element in instance.elements { append(.value(element)) }
            append(tag: "]")
        case .object:
            append(tag: "{")
            let members = instance.members.map { ($0, Array($0.name.utf8)) }
            for (member, name) in members.sorted(by: { $0.1.lexicographicallyPrecedes($1.1) }) {
                append(name)
                append(.value(member.value))
            }
            append(tag: "}")
        }
    }

    private mutating func append(tag: Unicode.Scalar) {
        bytes.append(UInt8(ascii: tag))
    }

    private mutating func append(_ text: String) {
        append(tag: "s")
        append(Array(text.utf8))
    }

    /// With their length, so that no two sequences of values look alike.
    private mutating func append(_ content: [UInt8]) {
        bytes += Array("\(content.count):".utf8) + content
    }
}
