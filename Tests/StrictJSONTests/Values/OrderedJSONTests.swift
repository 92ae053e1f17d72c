import StrictJSON
import Testing

@Suite struct OrderedJSONTests {
    static let sample: OrderedJSON = .object([
        "z": 1, "gone": nil, "list": [true, "x", -5, []],
        "empty": .object([:]), "raw": .text(Array("1.50e+1".utf8)),
    ])

    @Test func `compact keeps the order and leaves out absent members`() {
        #expect(
            text(Self.sample.compact())
                == #"{"z":1,"list":[true,"x",-5,[]],"empty":{},"raw":1.50e+1}"#)
        #expect(OrderedJSON.object([]).compact() == Array("{}".utf8))
    }

    @Test func `pretty indents by two spaces`() {
        #expect(
            text(Self.sample.pretty()) == """
                {
                  "z": 1,
                  "list": [
                    true,
                    "x",
                    -5,
                    []
                  ],
                  "empty": {},
                  "raw": 1.50e+1
                }
                """)
        #expect(text(OrderedJSON.array([]).pretty()) == "[]")
        #expect(
            text(OrderedJSON.object([.init("a", .object([.init("b", 1)]))]).pretty())
                == "{\n  \"a\": {\n    \"b\": 1\n  }\n}")
    }

    @Test func `text is written verbatim`() {
        let raw: OrderedJSON = .text(Array("{ \"a\":\n1 }".utf8))
        #expect(text(OrderedJSON.array([raw]).compact()) == "[{ \"a\":\n1 }]")
        #expect(text(OrderedJSON.array([raw]).pretty()) == "[\n  { \"a\":\n1 }\n]")
    }

    @Test func `escapes no more than it must`() {
        let string = OrderedJSON.string("\"\\/\u{8}\t\n\u{c}\r\0\u{1f}é\u{a0}â€\u{2028}\u{200f}😀")
        #expect(
            text(string.compact())
                == #""\"\\/\b\t\n\f\r\u0000\u001f"# + "é\u{a0}â€\u{2028}\u{200f}😀\"")
    }

    @Test func `escapes what a terminal or editor would obey`() {
        let string = OrderedJSON.string(
            "a\u{7f}\u{80}\u{9b}é\u{9f}\u{202a}\u{202e}\u{2066}€\u{2069}")
        #expect(
            text(string.compact())
                == #""a\u007f\u0080\u009bé\u009f\u202a\u202e\u2066€\u2069""#)
    }

    @Test func `integers keep their extremes`() {
        let json: OrderedJSON = [.integer(.min), .integer(.max)]
        #expect(text(json.compact()) == "[-9223372036854775808,9223372036854775807]")
    }

    @Test func `strings and names come back through the parser`() throws {
        var strings = (0..<0x100).compactMap { Unicode.Scalar($0).map { "<\($0)>" } }
        strings += ["", "\"", "\\", "\\\"", "\\u0041", "\u{2028}\u{2029}", "😀👩‍👩‍👧"]
        strings += ["\u{10ffff}", "\u{feff}", "e\u{301}\u{e9}", "\u{d7ff}\u{e000}\u{ffff}"]
        let json: OrderedJSON = .object(strings.map { .init($0, .string($0)) })
        for bytes in [json.compact(), json.pretty()] {
            let value = try JSONDocument.parse(bytes).root
            let wanted = strings.map { Array($0.utf8) }
            #expect(value.members.map { Array($0.name.utf8) } == wanted)
            #expect(value.members.map { Array(($0.value.string ?? "").utf8) } == wanted)
            #expect(compact(value) == text(json.compact()))
        }
    }
}
