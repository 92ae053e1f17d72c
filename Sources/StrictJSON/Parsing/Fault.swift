/// A problem as the parser meets it: an offset instead of a position, no pointer yet.
struct Fault: Error {
    var kind = JSONProblem.Kind.syntax
    let offset: Int
    let message: String
}

/// The way from a container to the child being read.
enum PathStep {
    case element(Int)
    /// The tape index of the member's name.
    case member(Int)
}

/// A fault and the way to it from the root. Names stay tape indices until the report is made.
struct FaultRecord {
    let fault: Fault
    let path: [PathStep]
}
