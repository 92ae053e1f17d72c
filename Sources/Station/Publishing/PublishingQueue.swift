import Failures
import Signatures
import Synchronization

/// Deals a run's customers out to several workers, and keeps what came of them.
final class PublishingQueue: Sendable {
    private struct State {
        var waiting: ArraySlice<String>
        var results: [(customer: String, result: Result<SHA256Digest, StationFailure>)] = []
        /// After a failure that every other bundle would meet too.
        var isStopped = false
    }

    private let state: Mutex<State>
    private let turn = Mutex<Void>(())

    init(_ customers: [String]) {
        state = Mutex(State(waiting: customers[...]))
    }

    /// The next customer, who is nobody else's; `nil` where none is left or work has stopped.
    func next() -> String? {
        state.withLock { $0.isStopped ? nil : $0.waiting.popFirst() }
    }

    /// Does `body` while nobody else's is being done; throws nothing of its own.
    ///
    /// - Returns: `nil` where work has stopped and `body` was not begun.
    func inTurn<Result>(
        _ body: () throws(StationFailure) -> sending Result
    ) throws(StationFailure) -> Result? {
        try turn.withLock { _ throws(StationFailure) in
            guard !state.withLock(\.isStopped) else { return nil }
            do throws(StationFailure) {
                return try body()
            } catch {
                stop(after: error)
                throw error
            }
        }
    }

    func add(_ result: Result<SHA256Digest, StationFailure>, of customer: String) {
        if case .failure(let failure) = result { stop(after: failure) }
        state.withLock { $0.results.append((customer, result)) }
    }

    private func stop(after failure: StationFailure) {
        guard failure.isFinal || failure.status == .tryAgain else { return }
        state.withLock { $0.isStopped = true }
    }

    /// In the order of the customers.
    var results: [(customer: String, result: Result<SHA256Digest, StationFailure>)] {
        state.withLock { $0.results.sorted { $0.customer < $1.customer } }
    }
}
