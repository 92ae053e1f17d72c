extension PatternReader {
    private static let punctuation = "^$\\.*+?()[]{}|/-"

    /// What follows `\`.
    mutating func escaped() throws(PatternFault) -> CharacterSet {
        guard let scalar = scalars.popFirst() else {
            throw PatternFault("a single '\\' is written as '\\\\'")
        }
        switch scalar {
        case "d": return .digits
        case "D": return CharacterSet.digits.inverted
        case "w": return .wordCharacters
        case "W": return CharacterSet.wordCharacters.inverted
        case "t": return CharacterSet("\t")
        case "n": return CharacterSet("\n")
        case "r": return CharacterSet("\r")
        default:
            guard Self.punctuation.unicodeScalars.contains(scalar) else {
                throw PatternFault("'\\\(scalar)' is not supported")
            }
            return CharacterSet(scalar)
        }
    }

    /// What follows `[`.
    mutating func characterClass() throws(PatternFault) -> CharacterSet {
        let isInverted = take("^")
        var set = CharacterSet([])
        var isEmpty = true
        while !take("]") {
            isEmpty = false
            guard let first = try classMember(&set) else { continue }
            guard scalars.first == "-", scalars.dropFirst().first != "]" else {
                set.insert(first...first)
                continue
            }
            scalars.removeFirst()
            var rest = CharacterSet([])
            guard let last = try classMember(&rest), first <= last else {
                throw PatternFault("a range in '[…]' goes from one character to a later one")
            }
            set.insert(first...last)
        }
        guard !isEmpty else { throw PatternFault("'[]' has no character") }
        set.isInverted = isInverted
        return set
    }

    /// One character of a class; `nil` where it was a set, which has been added.
    private mutating func classMember(
        _ set: inout CharacterSet
    ) throws(PatternFault) -> Unicode.Scalar? {
        guard let scalar = scalars.popFirst() else { throw PatternFault("'[' without ']'") }
        guard scalar == "\\" else {
            guard scalar != "[" else { throw PatternFault("'[' in '[…]' is written as '\\['") }
            return scalar
        }
        guard let next = scalars.first else { throw PatternFault("'[' without ']'") }
        let escaped = try escaped()
        switch next {
        case "d", "w":
            set.formUnion(escaped)
            return nil
        case "D", "W": throw PatternFault("'\\\(next)' is not supported in '[…]'")
        case "t": return "\t"
        case "n": return "\n"
        case "r": return "\r"
        default: return next
        }
    }
}
