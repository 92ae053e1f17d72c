import StrictJSON

/// Collects problems up to a limit, so that the answer to a large bad drop stays small.
struct ProblemList {
    private(set) var problems: [Problem] = []
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// By their place in the text; those without one come last.
    var inOrder: [Problem] {
        func place(_ problem: (offset: Int, element: Problem)) -> (Int, Int, Int) {
            let position = problem.element.position
            return (position?.line ?? .max, position?.column ?? .max, problem.offset)
        }
        return problems.enumerated().sorted { place($0) < place($1) }.map(\.element)
    }

    /// Once true, looking further is wasted work.
    var isFull: Bool { problems.count >= limit }

    /// Names the request that all problems from this one on are about.
    mutating func attribute(from first: Int, to requestID: String) {
        for place in problems.indices.dropFirst(first) where problems[place].code != .tooMany {
            problems[place].requestID = requestID
        }
    }

    mutating func add(
        _ code: Problem.Code, at pointer: JSONPointer, _ value: JSONValue, _ message: String
    ) {
        add(code, at: pointer, value.position, message)
    }

    /// The position is worked out only for what is kept: each one costs a pass over the text.
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
