/// One step of a path: from a container to a child of it.
enum PathStep {
    case element(Int)
    /// The tape index of the member's name.
    case member(Int)
}
