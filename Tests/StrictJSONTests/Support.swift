import StrictJSON

func parse(_ text: String, limits: JSONLimits = .init()) throws(JSONFailure) -> JSONDocument {
    try JSONDocument.parse(Array(text.utf8), limits: limits)
}

func root(_ text: String) throws -> JSONValue {
    try parse(text).root
}

/// The problems of a text, none if it is accepted.
func problems(_ bytes: [UInt8], limits: JSONLimits = .init()) -> [JSONProblem] {
    do throws(JSONFailure) {
        _ = try JSONDocument.parse(bytes, limits: limits)
        return []
    } catch {
        return error.problems
    }
}

func problems(_ text: String, limits: JSONLimits = .init()) -> [JSONProblem] {
    problems(Array(text.utf8), limits: limits)
}

/// One line a problem: pointer, line:column, message.
func report(_ text: String, limits: JSONLimits = .init()) -> [String] {
    problems(text, limits: limits).map { problem in
        let position = problem.position
        return "\(problem.pointer) \(position.line):\(position.column) \(problem.message)"
    }
}

func compact(_ value: JSONValue) -> String {
    var out: [UInt8] = []
    value.appendCompact(to: &out)
    return String(decoding: out, as: UTF8.self)
}

func text(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: Array(bytes), as: UTF8.self)
}
