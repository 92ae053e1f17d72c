import StrictJSON

/// What a schema has against a value.
enum Reason: Sendable {
    /// The value, as written.
    case refused
    case wrongType([ValueType], value: String, kind: JSONValue.Kind)
    case notAllowed(AllowedValues, value: String)
    case outOfBound(NumberBound, value: String)
    case noMultiple(of: String, value: String)
    case length(CountBound, Int)
    case noMatch(Pattern, value: String)
    case elementCount(CountBound, Int)
    case nothingContained
    case repeated(value: String)
    case memberCount(CountBound, Int)
    case missing(String)
    case unknown(known: [String])
    case badName(String)
    case noAlternative(count: Int, nearest: String?)
    case severalAlternatives(count: Int)
    case excluded(value: String)
    case tooManySteps
}
