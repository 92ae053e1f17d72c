import StrictJSON

/// What a schema looks at: a value of a text, or a payload whose members come from several.
enum Instance {
    case value(JSONValue)
    case payload([JSONMember])

    var kind: JSONValue.Kind {
        switch self {
        case .value(let value): value.kind
        case .payload: .object
        }
    }

    /// Empty unless an object.
    var members: [JSONMember] {
        switch self {
        case .value(let value): Array(value.members)
        case .payload(let members): members
        }
    }

    /// Empty unless an array.
    var elements: [JSONValue] {
        switch self {
        case .value(let value): Array(value.elements)
        case .payload: []
        }
    }

    /// Nil unless a number.
    var number: ExactNumber? {
        switch self {
        case .value(let value): value.exactNumber
        case .payload: nil
        }
    }

    /// Nil unless a number in digits alone that fits.
    var integer: Int? {
        switch self {
        case .value(let value): value.integer
        case .payload: nil
        }
    }

    /// Nil unless a string.
    var string: String? {
        switch self {
        case .value(let value): value.string
        case .payload: nil
        }
    }

    /// Of a value, as it is written, without white space.
    var text: String {
        switch self {
        case .value(let value): String(decoding: value.compact, as: UTF8.self)
        case .payload: "{…}"
        }
    }
}
