package import CalendarTime
import Foundation
import Glibc
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
        milliseconds: {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
        },
        randomBytes: { count throws(StationFailure) in
            do throws(SigningError) {
                return try Randomness.bytes(count)
            } catch {
                throw StationFailure(.inputOutput, error.description)
            }
        },
        pause: { Thread.sleep(forTimeInterval: $0) })

    /// The times in a tar have eleven octal digits.
    private static let lastSecond: Int64 = 0o777_7777_7777

    package func now() throws(StationFailure) -> Timestamp {
        let seconds = milliseconds() / 1000
        guard seconds <= Self.lastSecond, let now = Timestamp(secondsSinceEpoch: seconds) else {
            throw StationFailure(
                .tryAgain, "the system's clock is not between 1970 and 2242: set it")
        }
        return now
    }
}
