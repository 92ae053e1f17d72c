import StrictJSON
import Support
import Testing

@Suite struct NumberTests {
    /// 2^1024 - 2^970, the least number that rounds to infinity.
    static let border =
        "1797693134862315807937289714053034150799341327100378269361737789"
        + "8044496829276475094664901797758720709633028641669288791094655554"
        + "7851940402630657488671505820681908902000708383676273854845817711"
        + "5317644757302700698555713669596228429148198608349364752927190741"
        + "68444365510704342711559699508093042880177904174497792"
    static let below = String(border.dropLast()) + "1"

    @Test func `integer text has neither fraction nor exponent`() throws {
        for input in ["0", "-0", "12", "-9007199254740993", String(repeating: "9", count: 400)] {
            #expect(try root(input).isIntegerText)
        }
        for input in ["0.0", "1e2", "1E0", "-1.5", "\"1\"", "[1]", "true"] {
            #expect(try !root(input).isIntegerText)
            #expect(try root(input).integer == nil)
            #expect(try !root(input).isSafeInteger)
        }
    }

    @Test func `integers are exact or nil`() throws {
        #expect(try root("-0").integer == 0)
        #expect(try root("9223372036854775807").integer == .max)
        #expect(try root("-9223372036854775808").integer == .min)
        #expect(try root("9223372036854775808").integer == nil)
        #expect(try root("-9223372036854775809").integer == nil)
        #expect(try root("99999999999999999999").integer == nil)
        #expect(try root("-99999999999999999999").integer == nil)
    }

    @Test func `safe integers end at 2^53 - 1`() throws {
        for input in ["0", "-0", "9007199254740991", "-9007199254740991"] {
            #expect(try root(input).isSafeInteger)
        }
        for input in ["9007199254740992", "-9007199254740992", "9223372036854775808", "1.0"] {
            #expect(try !root(input).isSafeInteger)
        }
    }

    static let infinite = [
        border, "-" + border, border + ".0", border + "e0", border + "000e-3", border + ".1",
        "0." + border + "e309", "0.000" + border + "E+312", "1.8e308", "1e309", "-1e309", "2e308",
        "1e99999999999999999999", "0.1e310", "10e308", "1.7976931348623159e308",
        "17976931348623159e292", "0.0000001e100000000000000000000000000000000", "1e00000309",
    ]
    static let finite = [
        below, "-" + below, below + ".999", "0." + below + "9999e309", "1.7976931348623157e308",
        "1.7976931348623158e308", "0", "-0", "0e99999999999999999999", "0.000e999999", "1e308",
        "0.1e309", "1e-999999999999999999999999", "1", "123.456", "9e-400", "0.9e308", "1e0000308",
        "1797693134862315807e290",
    ]

    @Test(arguments: infinite) func `overflow begins at the rounding border`(
        _ input: String
    ) throws {
        #expect(try root(input).overflowsDouble)
        #expect(try root("[\(input),1]").elements.map(\.overflowsDouble) == [true, false])
    }

    @Test(arguments: finite) func `no overflow below the rounding border`(
        _ input: String
    ) throws {
        #expect(try !root(input).overflowsDouble)
        #expect(try root("[\(input),1e309]").elements.map(\.overflowsDouble) == [false, true])
    }

    @Test func `only numbers overflow`() throws {
        #expect(try !root("\"1e309\"").overflowsDouble)
        #expect(try !root("[1e309]").overflowsDouble)
    }

    @Test func `overflow agrees with the standard library near the border`() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<500 {
            let digits = Self.border.prefix(Int.random(in: 1...309, using: &generator))
            let tail = String(Int.random(in: 0...99, using: &generator))
            let point = Int.random(in: 0...digits.count, using: &generator)
            let exponent = 309 - point + Int.random(in: -1...1, using: &generator)
            let whole = point == 0 ? "0" : String(digits.prefix(point))
            let input = "\(whole).\(digits.dropFirst(point))\(tail)e\(exponent)"
            let expected = try #require(Double(input)).isInfinite
            #expect(try root(input).overflowsDouble == expected, "\(input)")
        }
    }
}
