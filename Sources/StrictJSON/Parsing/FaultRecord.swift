/// A fault and the path from the root to it. Names in the path stay indices of the tape until
/// the report is made.
struct FaultRecord {
    let fault: Fault
    let path: [PathStep]
}
