import Testing

@testable import coldmint

@Suite struct RepeatFilterTests {
    @Test func `the same words pass once an hour, other words at any time`() {
        let filter = RepeatFilter()
        let start = ContinuousClock.Instant.now
        #expect(filter.lets("a", passAt: start))
        #expect(!filter.lets("a", passAt: start.advanced(by: .seconds(3599))))
        #expect(filter.lets("b", passAt: start.advanced(by: .seconds(3599))))
        #expect(filter.lets("a", passAt: start.advanced(by: .seconds(3600))))
    }
}
