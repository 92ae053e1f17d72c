import Synchronization

/// How far a run is, for whoever wants to show it. Counting costs next to nothing.
package final class RunProgress: Sendable {
    package enum Phase: String, Sendable {
        case reading, signing, packing, filing
    }

    package struct Step: Sendable {
        package let phase: Phase
        /// What is counted: `drops` or `licenses`.
        package let unit: String
        package let total: Int
        package let begun: ContinuousClock.Instant
        package fileprivate(set) var done = 0
    }

    private let current = Mutex<Step?>(nil)
    private let done = Atomic<Int>(0)

    package init() {}

    /// What is being done just now.
    package var step: Step? {
        var step = current.withLock { $0 }
        step?.done = done.load(ordering: .relaxed)
        return step
    }

    func begin(_ phase: Phase, _ total: Int, of unit: String) {
        done.store(0, ordering: .relaxed)
        current.withLock { $0 = Step(phase: phase, unit: unit, total: total, begun: .now) }
    }

    func advance(by count: Int = 1) {
        done.add(count, ordering: .relaxed)
    }
}
