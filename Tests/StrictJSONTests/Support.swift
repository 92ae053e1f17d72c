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

/// Repeatable random numbers (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
