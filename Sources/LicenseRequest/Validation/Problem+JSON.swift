import StrictJSON

extension Problem {
    /// What a text shows by itself.
    init(_ problem: JSONProblem) {
        let code: Code =
            switch problem.kind {
            case .syntax: .invalidJSON
            case .duplicateMember: .duplicateMember
            case .tooDeep: .tooDeep
            case .tooLarge: .tooLarge
            }
        self.init(code, at: problem.pointer, offset: problem.offset, problem.message)
        position = problem.position
    }
}
