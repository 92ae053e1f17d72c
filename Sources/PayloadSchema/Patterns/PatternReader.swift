/// Makes a program of an expression.
struct PatternReader {
    /// Of one program, repeats written out.
    private static let maximumLength = 5000
    private static let maximumRepeats = 1000
    private static let maximumDepth = 30

    private typealias Program = [Pattern.Instruction]

    var scalars: Substring.UnicodeScalarView

    init(_ text: String) {
        scalars = text[...].unicodeScalars
    }

    mutating func program() throws(PatternFault) -> [Pattern.Instruction] {
        let program = try alternatives(depth: 0)
        guard scalars.isEmpty else { throw PatternFault("')' without '('") }
        return program + [.found]
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard scalars.first == scalar else { return false }
        scalars.removeFirst()
        return true
    }

    private mutating func alternatives(depth: Int) throws(PatternFault) -> Program {
        guard depth <= Self.maximumDepth else { throw PatternFault("groups are nested too deep") }
        var program = try sequence(depth: depth)
        while take("|") {
            let other = try sequence(depth: depth)
            program =
                [.fork(1, program.count + 2)] + Self.moved(program, by: 1)
                + [.jump(program.count + 2 + other.count)]
                + Self.moved(other, by: program.count + 2)
            try Self.checkLength(program)
        }
        return program
    }

    private mutating func sequence(depth: Int) throws(PatternFault) -> Program {
        var program: Program = []
        while let scalar = scalars.first, scalar != "|", scalar != ")" {
            let part = try repeated(depth: depth)
            program += Self.moved(part, by: program.count)
            try Self.checkLength(program)
        }
        return program
    }

    /// One character, class or group, with what says how often.
    private mutating func repeated(depth: Int) throws(PatternFault) -> Program {
        let (part, isAnchor) = try single(depth: depth)
        guard let bounds = try repeatBounds() else { return part }
        if isAnchor { throw PatternFault("'^' and '$' cannot be repeated") }
        if try repeatBounds() != nil {
            throw PatternFault("a repeat cannot be repeated; put the first into a group")
        }
        guard part.count * max(bounds.least, bounds.most ?? 1, 1) <= Self.maximumLength else {
            throw PatternFault("it is too long with its repeats written out")
        }
        var program: Program = []
        for _ in 0..<bounds.least { program += Self.moved(part, by: program.count) }
        guard let most = bounds.most else {
            return program + Self.moved(Self.anyNumber(of: part), by: program.count)
        }
        let optional = most - bounds.least
        let end = program.count + optional * (part.count + 1)
        for _ in 0..<optional {
            program.append(.fork(program.count + 1, end))
            program += Self.moved(part, by: program.count)
        }
        return program
    }

    private static func anyNumber(of part: Program) -> Program {
        [.fork(1, part.count + 2)] + moved(part, by: 1) + [.jump(0)]
    }

    private mutating func single(
        depth: Int
    ) throws(PatternFault) -> (program: Program, isAnchor: Bool) {
        let scalar = scalars.removeFirst()
        switch scalar {
        case "^": return ([.start], true)
        case "$": return ([.end], true)
        case ".": return ([.character(.withinLine)], false)
        case "[": return ([.character(try characterClass())], false)
        case "\\": return ([.character(try escaped())], false)
        case "(":
            if take("?"), !take(":") {
                throw PatternFault("of groups that begin with '(?' only '(?:' is supported")
            }
            let group = try alternatives(depth: depth + 1)
            guard take(")") else { throw PatternFault("'(' without ')'") }
            return (group, false)
        case "*", "+", "?": throw PatternFault("'\(scalar)' repeats nothing")
        case "{", "}", "]": throw PatternFault("'\(scalar)' is written as '\\\(scalar)'")
        default: return ([.character(CharacterSet(scalar))], false)
        }
    }

    /// How often what stands before is to come; `most` is `nil` for no end.
    private mutating func repeatBounds() throws(PatternFault) -> (least: Int, most: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard take("{") else { return nil }
        let least = try number()
        if take("}") { return (least, least) }
        guard take(",") else {
            throw PatternFault("a repeat is written as '{2}', '{2,}' or '{2,5}'")
        }
        if take("}") { return (least, nil) }
        let most = try number()
        guard take("}"), least <= most else {
            throw PatternFault("a repeat is written as '{2}', '{2,}' or '{2,5}'")
        }
        return (least, most)
    }

    private mutating func number() throws(PatternFault) -> Int {
        let digits = scalars.prefix { ("0"..."9").contains($0) }
        scalars.removeFirst(digits.count)
        guard let number = Int(Substring(digits)) else {
            throw PatternFault("'{' is followed by a number, or written as '\\{'")
        }
        guard number <= Self.maximumRepeats else {
            throw PatternFault("nothing is repeated more than \(Self.maximumRepeats) times")
        }
        return number
    }

    private static func moved(_ program: Program, by offset: Int) -> Program {
        program.map { instruction in
            switch instruction {
            case .fork(let first, let second): .fork(first + offset, second + offset)
            case .jump(let target): .jump(target + offset)
            case .character, .start, .end, .found: instruction
            }
        }
    }

    private static func checkLength(_ program: Program) throws(PatternFault) {
        guard program.count <= maximumLength else {
            throw PatternFault("it is too long with its repeats written out")
        }
    }
}
