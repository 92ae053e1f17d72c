import Foundation
import Glibc
package import RFC3339
import Signing

/// What a run takes from outside besides files: the clock, randomness, and waiting. Tests give
/// their own.
package struct Host: Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package var milliseconds: @Sendable () -> Int64
    package var randomBytes: @Sendable (Int) throws(StationFailure) -> [UInt8]
    package var pause: @Sendable (_ seconds: Double) -> Void

    package init(
        milliseconds: @escaping @Sendable () -> Int64,
        randomBytes: @escaping @Sendable (Int) throws(StationFailure) -> [UInt8],
        pause: @escaping @Sendable (Double) -> Void
    ) {
        self.milliseconds = milliseconds
        self.randomBytes = randomBytes
        self.pause = pause
    }

    package static let system = Host(
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

    package func now() throws(StationFailure) -> Timestamp {
        guard let now = Timestamp(secondsSinceEpoch: milliseconds() / 1000) else {
            throw StationFailure(
                .tryAgain, "the system's clock is not between 1970 and 9999: set it")
        }
        return now
    }
}
