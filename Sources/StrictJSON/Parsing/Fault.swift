/// A problem as the parser throws it, before position and pointer are worked out.
struct Fault: Error {
    var kind = JSONProblem.Kind.syntax
    let offset: Int
    let message: String
}
