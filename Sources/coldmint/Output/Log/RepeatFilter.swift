import Synchronization

/// Lets the same message pass once an hour: a watch meets the same failure each second or minute,
/// and a log that is full of it hides everything else.
final class RepeatFilter: Sendable {
    private static let seconds = 3600
    private static let maximumEntries = 10_000

    private let lastPassed = Mutex<[String: ContinuousClock.Instant]>([:])

    func lets(_ message: String, passAt now: ContinuousClock.Instant = .now) -> Bool {
        lastPassed.withLock { passed in
            if let last = passed[message], last.duration(to: now) < .seconds(Self.seconds) {
                return false
            }
            if passed.count >= Self.maximumEntries { passed = [:] }
            passed[message] = now
            return true
        }
    }
}
