import StrictJSON

/// Collects problems up to a limit, so that the answer to a large bad drop stays small.
struct ProblemList {
    private(set) var problems: [Problem] = []
    /// Whether problems were left out, so that looking for more is wasted work.
    private(set) var isFull = false
    private let limit: Int
    private let document: JSONDocument?

    /// - Parameter document: the text that offsets of problems refer to.
    init(limit: Int, document: JSONDocument?) {
        self.limit = max(1, limit)
        self.document = document
    }

    /// The problems with their positions, in the order of the text. Those without a position come
    /// last.
    var inOrder: [Problem] {
        func sortKey(_ problem: (index: Int, element: Problem)) -> (Int, Int) {
            (problem.element.offset ?? .max, problem.index)
        }
        let sorted = problems.enumerated().map { (index: $0, element: $1) }
            .sorted { sortKey($0) < sortKey($1) }.map(\.element)
        guard let document else { return sorted }
        let positions = document.positions(at: sorted.compactMap(\.offset))
        var located = sorted
        for (index, position) in positions.enumerated() { located[index].position = position }
        return located
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
        add(Problem(code, at: pointer(), offset: value.offset, message))
    }

    /// A problem with the name of a member.
    mutating func add(
        _ code: Problem.Code, at pointer: @autoclosure () -> JSONPointer, nameOf member: JSONMember,
        _ message: String
    ) {
        add(Problem(code, at: pointer(), offset: member.nameOffset, message))
    }

    /// Lists the problem. One more than the limit takes the last problem's place with a word that
    /// there are more.
    mutating func add(_ problem: @autoclosure () -> Problem) {
        guard !isFull else { return }
        if problems.count < limit { return problems.append(problem()) }
        isFull = true
        problems.removeLast()
        problems.append(
            Problem(.tooMany, "more problems than the \(limit - 1) listed here: mend these first"))
    }
}
