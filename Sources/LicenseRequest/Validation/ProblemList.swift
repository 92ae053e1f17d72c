import StrictJSON

/// Collects problems up to a limit, so that the answer to a large bad drop stays small.
struct ProblemList {
    private(set) var problems: [Problem] = []
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// The problems by their position in the text. Those without one come last.
    var inOrder: [Problem] {
        func sortKey(_ problem: (offset: Int, element: Problem)) -> (Int, Int, Int) {
            let position = problem.element.position
            return (position?.line ?? .max, position?.column ?? .max, problem.offset)
        }
        return problems.enumerated().sorted { sortKey($0) < sortKey($1) }.map(\.element)
    }

    /// Whether no further problem is listed, so that a search for more is wasted work.
    var isFull: Bool { problems.count >= limit }

    /// Attributes all problems from the index `first` on to one request.
    mutating func attribute(from first: Int, to requestID: String) {
        for index in problems.indices.dropFirst(first) where problems[index].code != .tooMany {
            problems[index].requestID = requestID
        }
    }

    mutating func add(
        _ code: Problem.Code, at pointer: JSONPointer, _ value: JSONValue, _ message: String
    ) {
        add(code, at: pointer, value.position, message)
    }

    /// Works the position out only for a problem that is listed, since that costs a pass over the
    /// text.
    mutating func add(
        _ code: Problem.Code, at pointer: JSONPointer, _ position: @autoclosure () -> TextPosition,
        _ message: String
    ) {
        guard !isFull else { return }
        add(Problem(code, at: pointer, position: position(), message))
    }

    mutating func add(_ problem: Problem) {
        guard !isFull else { return }
        problems.append(problem)
        if isFull {
            problems.append(
                Problem(.tooMany, "more problems than the \(limit) listed here: mend these first"))
        }
    }
}
