import ArgumentParser

/// A span of days, as options take it.
enum DaySpan {
    private static let range: ClosedRange<Int64> = 1...36_500

    static func validate(_ days: Int64, option: String) throws {
        guard range.contains(days) else {
            throw ValidationError("\(option) takes days, from 1 to 36500")
        }
    }
}
