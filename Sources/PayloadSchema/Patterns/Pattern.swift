/// A regular expression of the subset that ECMA-262 and other languages read alike: what `pattern`
/// takes. It is searched for in a text, in time linear in the product of their lengths, whatever the
/// expression is.
///
/// Characters, `.`, classes such as `[a-z_]` and `[^0-9]`, `\d`, `\D`, `\w` and `\W` (ASCII), `\t`,
/// `\n`, `\r`, escaped punctuation, groups, `|`, `*`, `+`, `?`, `{2}`, `{2,}`, `{2,5}`, `^` and `$`,
/// which are the beginning and the end of the text. A character is a Unicode scalar value.
struct Pattern: Sendable {
    /// A step of the machine that searches (a Thompson automaton).
    enum Instruction: Sendable {
        case character(CharacterSet)
        case start
        case end
        /// Goes on at both places.
        case fork(Int, Int)
        case jump(Int)
        case found
    }

    let text: String
    private let program: [Instruction]

    /// - Throws: What is not of the subset, worded for whoever wrote the expression.
    init(_ text: String) throws(PatternFault) {
        self.text = text
        var reader = PatternReader(text)
        program = try reader.program()
    }

    func matches(_ text: some Collection<Unicode.Scalar>) -> Bool {
        var current = Threads(count: program.count)
        var next = Threads(count: program.count)
        var isAtStart = true
        var index = text.startIndex
        while true {
            let isAtEnd = index == text.endIndex
            if follow(0, isAtStart, isAtEnd, into: &current) { return true }
            if isAtEnd { return false }
            let scalar = text[index]
            text.formIndex(after: &index)
            let isLast = index == text.endIndex
            for place in current.places {
                guard case .character(let set) = program[place], set.contains(scalar) else {
                    continue
                }
                if follow(place + 1, false, isLast, into: &next) { return true }
            }
            swap(&current, &next)
            next.removeAll()
            isAtStart = false
        }
    }

    /// Goes from a place to all that can be reached without a character; whether one is the end of
    /// the expression.
    private func follow(
        _ place: Int, _ isAtStart: Bool, _ isAtEnd: Bool, into threads: inout Threads
    ) -> Bool {
        var waiting = [place]
        while let place = waiting.popLast() {
            guard threads.insert(place) else { continue }
            switch program[place] {
            case .character: continue
            case .start: if isAtStart { waiting.append(place + 1) }
            case .end: if isAtEnd { waiting.append(place + 1) }
            case .fork(let first, let second): waiting += [second, first]
            case .jump(let target): waiting.append(target)
            case .found: return true
            }
        }
        return false
    }

    /// The places at which the search stands, each once.
    private struct Threads {
        private(set) var places: [Int] = []
        private var isThere: [Bool]

        init(count: Int) {
            isThere = [Bool](repeating: false, count: count)
        }

        mutating func insert(_ place: Int) -> Bool {
            if isThere[place] { return false }
            isThere[place] = true
            places.append(place)
            return true
        }

        mutating func removeAll() {
            for place in places { isThere[place] = false }
            places.removeAll(keepingCapacity: true)
        }
    }
}

/// Why an expression is not taken: lower case, without a full stop.
struct PatternFault: Error, Hashable {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
