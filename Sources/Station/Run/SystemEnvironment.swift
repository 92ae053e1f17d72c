package import CalendarTime
import Failures
import Foundation
import Signing

/// What a run takes from outside besides files: the clock, randomness, and waiting. Tests give
/// their own.
package struct SystemEnvironment: Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package var milliseconds: @Sendable () -> Int64
    package var randomBytes: @Sendable (Int) throws(StationFailure) -> [UInt8]
    package var pause: @Sendable (_ seconds: Double) -> Void
    package var progress = RunProgress()
    /// Returns to the system what the process keeps of freed memory, where it can.
    package var giveBackMemory: @Sendable () -> Void = {}

    package init(
        milliseconds: @escaping @Sendable () -> Int64,
        randomBytes: @escaping @Sendable (Int) throws(StationFailure) -> [UInt8],
        pause: @escaping @Sendable (Double) -> Void
    ) {
        self.milliseconds = milliseconds
        self.randomBytes = randomBytes
        self.pause = pause
    }

    package static let system = SystemEnvironment(
        milliseconds: { SystemClock.milliseconds },
        randomBytes: { count throws(StationFailure) in
            do throws(SigningError) {
                return try Randomness.bytes(count)
            } catch {
                throw StationFailure(.inputOutput, error.description)
            }
        },
        pause: { Thread.sleep(forTimeInterval: $0) })

    package func now() throws(StationFailure) -> Timestamp {
        guard let now = SystemClock.time(at: milliseconds()) else {
            throw StationFailure(CommandFailure.unusableClock)
        }
        return now
    }
}
