import LicenseRequest
import Spool

/// A drop whose requests are not held in memory: they are read again when they are issued.
struct LargeDrop: Sendable {
    let file: DropFile
    let rules: RequestRules
    let requestCount: Int
    /// What is wrong with it whatever exists already.
    let ownProblems: ProblemList
}
