import Synchronization

/// Lets the same words pass once an hour: a watch meets the same trouble each second or minute, and
/// a log that is full of it hides everything else.
final class RepeatFilter: Sendable {
    private static let seconds = 3600
    private static let maximumEntries = 10_000

    private let lastPassed = Mutex<[String: ContinuousClock.Instant]>([:])

    func lets(_ words: String, passAt now: ContinuousClock.Instant = .now) -> Bool {
        lastPassed.withLock { passed in
            if let last = passed[words], last.duration(to: now) < .seconds(Self.seconds) {
                return false
            }
            if passed.count >= Self.maximumEntries { passed = [:] }
            passed[words] = now
            return true
        }
    }
}
