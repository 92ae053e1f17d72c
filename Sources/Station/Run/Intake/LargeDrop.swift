import Failures
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

extension StationFailure {
    /// The drop is not the one any more that was judged: somebody has had it open since before it was
    /// claimed.
    static let claimedDropChanged = StationFailure(
        .tryAgain, "a drop was changed while it was handled: it waits until nobody writes it")
}
