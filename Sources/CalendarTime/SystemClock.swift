import Glibc

/// The machine's clock, for those who are not given another one.
package enum SystemClock {
    /// The times in a tar have eleven octal digits.
    private static let lastSecond: Int64 = 0o777_7777_7777

    /// Milliseconds since 1970-01-01T00:00:00Z.
    package static var milliseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// To the second; `nil` for a time that no bundle can have, which a clock shows that is wrong.
    package static func time(at milliseconds: Int64) -> Timestamp? {
        let seconds = milliseconds / 1000
        return seconds <= lastSecond ? Timestamp(secondsSinceEpoch: seconds) : nil
    }
}
