/// Reads one JSON text piece by piece, so that a text larger than memory can be read: of an array
/// some elements at a time, of any other text the whole value at its end.
///
/// It finds the same faults as `JSONDocument.read` does, at the same positions.
package struct JSONPortionReader {
    /// What a piece has made whole.
    package struct Portion {
        /// Elements of the array, or the one value that the text consists of.
        package fileprivate(set) var values: [JSONValue] = []
        /// The place of the first of them in the array.
        package fileprivate(set) var firstIndex = 0
        package fileprivate(set) var problems: [JSONProblem] = []
    }

    private let limits: JSONLimits
    private let maximumValueByteCount: Int
    private var state = PortionState.beginning
    /// What no portion has had yet, and where it begins in the text.
    private var rest: [UInt8] = []
    private var place = TextPlace.start
    private var problemCount = 0
    /// Less than this cannot make the next value whole: it was not with half of it.
    private var neededByteCount = 0

    /// - Parameter maximumValueByteCount: an element, or a text that is no array, must be whole
    ///   within this, since it is held in memory.
    package init(limits: JSONLimits = .init(), maximumValueByteCount: Int = .max) {
        self.limits = limits
        self.maximumValueByteCount = maximumValueByteCount
    }

    /// Where the array begins; `nil` as long as there is none.
    package private(set) var arrayPlace: TextPlace?

    /// Of the array so far; 0 where there is none.
    package private(set) var elementCount = 0

    /// Whether nothing more is read: a fault was found, or the last piece was a value's.
    package var isStopped: Bool { state == .stopped }

    /// Reads on. The last piece may be empty.
    package mutating func read(_ piece: [UInt8], isLast: Bool) -> Portion {
        guard !isStopped else { return Portion() }
        if rest.isEmpty { rest = piece } else { rest += piece }
        guard isLast || rest.count >= neededByteCount else { return Portion() }
        var portion = Portion(firstIndex: elementCount)
        let (text, begun, limits) = (rest, state, remainingLimits)
        let place = place
        let (end, tape, roots) = text.withSource { source in
            var parser = Parser(source, limits: limits)
            let end = parser.readPortion(from: begun, isLast: isLast)
            portion.problems = parser.report(from: place)
            state = end.state
            return (end, parser.tape, end.roots)
        }
        let document = JSONDocument(bytes: text, tape: tape, place: place)
        if let start = end.arrayStart { arrayPlace = document.place(at: start) }
        portion.values = roots.map { JSONValue(document: document, index: $0) }
        if arrayPlace != nil { elementCount += roots.count }
        problemCount += portion.problems.count
        advance(to: end.offset, in: document, &portion)
        return portion
    }

    private var remainingLimits: JSONLimits {
        var remaining = limits
        remaining.maxProblems = max(1, limits.maxProblems - problemCount)
        return remaining
    }

    private mutating func advance(
        to end: Int, in document: JSONDocument, _ portion: inout Portion
    ) {
        guard end > 0 else {
            neededByteCount = 2 * rest.count
            if rest.count > maximumValueByteCount {
                state = .stopped
                portion.problems.append(tooLarge)
            }
            return
        }
        neededByteCount = 0
        place = document.place(at: end)
        rest = Array(rest[min(end, rest.count)...])
    }

    private var tooLarge: JSONProblem {
        let pointer = arrayPlace == nil ? JSONPointer.root : .root.appending(index: elementCount)
        return JSONProblem(
            kind: .tooLarge, offset: place.offset, pointer: pointer, position: place.position,
            message:
                "a value of more than \(maximumValueByteCount) bytes, which is too large to read")
    }
}
