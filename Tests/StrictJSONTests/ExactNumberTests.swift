import Testing

@testable import StrictJSON

struct ExactNumberTests {
    private func number(_ text: String) throws -> ExactNumber {
        try #require(try JSONDocument.parse(Array(text.utf8)).root.exactNumber)
    }

    @Test(arguments: [
        ["0", "-0", "0.000", "0e9", "-0.0e-7"], ["25", "25.0", "2.5e1", "250e-1", "0.25E+2"],
        ["0.1", "1e-1", "0.10"], ["-1e300", "-10e299"],
        ["12345678901234567890123", "1234567890123456789012.3e1"],
    ])
    func `a value has one form, however it is written`(texts: [String]) throws {
        #expect(Set(try texts.map(number)).count == 1)
    }

    @Test func `numbers compare by value, to the last digit`() throws {
        let ascending = try [
            "-1e300", "-12.5", "-12.4999999999999999999999999", "-12", "-0.1", "-1e-400", "0",
            "1e-400", "0.1", "0.10000000000000000000000000000000001", "1", "9", "10",
            "9007199254740993",
            "9007199254740994", "1e300",
        ].map(number)
        for (index, first) in ascending.enumerated() {
            for (other, second) in ascending.enumerated() {
                #expect((first < second) == (index < other), "\(first) and \(second)")
            }
        }
    }

    @Test(arguments: [
        ("0.3", "0.1", true), ("0.35", "0.1", false), ("1e300", "7", false), ("7e300", "7", true),
        ("0", "3", true), ("-9", "3", true), ("1e-400", "1", false), ("1", "1e-400", true),
        ("999999999999999999e280", "999999999999999999", true),
        ("999999999999999998e280", "999999999999999999", false),
        ("1", "0", nil), ("1", "1234567890123456789", nil),
    ])
    func `a multiple is told exactly`(value: String, divisor: String, isMultiple: Bool?) throws {
        #expect(try number(value).isMultiple(of: number(divisor)) == isMultiple)
    }

    @Test(arguments: [
        ("25.0", 25), ("-1e3", -1000), ("0", 0), ("2.5", nil), ("1e17", 100_000_000_000_000_000),
        ("1e18", nil), ("1e999", nil),
    ])
    func `a whole number that fits is one`(text: String, value: Int?) throws {
        #expect(try number(text).integer == value)
    }
}
