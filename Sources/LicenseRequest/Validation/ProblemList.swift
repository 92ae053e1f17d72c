import StrictJSON

/// Collects problems up to a limit, so that the answer to a large bad drop stays small.
package struct ProblemList: Sendable {
    private(set) var problems: [Problem] = []
    /// Whether problems were left out, so that looking for more is wasted work.
    private(set) var isFull = false
    private let limit: Int
    /// The text of those problems whose positions are not worked out yet.
    private var unlocated: JSONDocument?

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    package var isEmpty: Bool { problems.isEmpty }

    /// The problems in the order of the text. Those without a position come last.
    package var inOrder: [Problem] {
        var located = self
        located.locate()
        return located.problems.enumerated().map { (index: $0, element: $1) }
            .sorted { Self.sortKey($0) < Self.sortKey($1) }.map(\.element)
    }

    private static func sortKey(_ problem: (index: Int, element: Problem)) -> (Int, Int) {
        (problem.element.offset ?? .max, problem.index)
    }

    /// The problems of both lists, the first ones of the text where they are too many.
    package func merged(with other: ProblemList) -> ProblemList {
        var merged = ProblemList(limit: limit)
        let found = [self, other].flatMap { list in
            list.isFull ? list.inOrder.filter { $0.offset != nil } : list.inOrder
        }
        merged.problems = found.enumerated().map { (index: $0, element: $1) }
            .sorted { Self.sortKey($0) < Self.sortKey($1) }
            .map(\.element)
        if isFull || other.isFull || found.count > limit {
            merged.problems.removeLast(max(0, found.count - limit))
            merged.addMark()
        }
        return merged
    }

    /// Works out the positions of what was found since the last time: in one pass, since a text may
    /// be large, and before it is given up.
    private mutating func locate() {
        guard let document = unlocated else { return }
        unlocated = nil
        let found = problems.indices.filter { problems[$0].isUnlocated }
            .sorted { problems[$0].offset ?? 0 < problems[$1].offset ?? 0 }
        let positions = document.positions(at: found.compactMap { problems[$0].offset })
        for (index, position) in zip(found, positions) { problems[index].position = position }
    }

    /// Attributes all problems from the index `first` on to one request.
    mutating func attribute(from first: Int, to requestID: String) {
        for index in problems.indices.dropFirst(first) where problems[index].code != .tooMany {
            problems[index].requestID = requestID
        }
    }

    mutating func add(
        _ code: Problem.Code, at pointer: @autoclosure () -> JSONPointer, _ value: JSONValue,
        _ message: String
    ) {
        add(Problem(code, at: pointer(), offset: value.offset, message), in: value.document)
    }

    /// A problem with the name of a member.
    mutating func add(
        _ code: Problem.Code, at pointer: @autoclosure () -> JSONPointer, nameOf member: JSONMember,
        _ message: String
    ) {
        add(Problem(code, at: pointer(), offset: member.nameOffset, message), in: member.document)
    }

    /// A problem at an offset of this document.
    mutating func add(_ problem: @autoclosure () -> Problem, in document: JSONDocument) {
        guard !isFull else { return }
        if let unlocated, unlocated.place != document.place { locate() }
        unlocated = document
        add(problem())
    }

    /// Lists the problem. One more than the limit takes the last problem's place with a word that
    /// there are more.
    mutating func add(_ problem: @autoclosure () -> Problem) {
        guard !isFull else { return }
        if problems.count < limit { return problems.append(problem()) }
        addMark()
    }

    /// The last problem gives its place to a word that there are more.
    private mutating func addMark() {
        isFull = true
        if problems.count >= limit { problems.removeLast() }
        problems.append(
            Problem(
                .tooMany, "more problems than the \(problems.count) listed here: mend these first"))
    }
}
