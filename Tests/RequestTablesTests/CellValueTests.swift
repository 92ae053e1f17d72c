import PayloadSchema
import StrictJSON
import Testing

@testable import RequestTables

/// What a cell becomes in JSON, or what is said of it.
@Suite struct CellValueTests {
    private func read(_ text: String, _ kinds: Set<ExpectedValue.Kind>? = nil) -> String {
        let value = CellValue(
            text, for: .payload(["seats"]), expected: kinds.map { ExpectedValue(kinds: $0) })
        return value.fault ?? value.json.compactText
    }

    @Test(arguments: [
        ("30", "30"), ("1.50", "1.50"), ("-1e5", "-1e5"), ("true", "true"), ("[1, 2]", "[1,2]"),
        (#"{"a": 1}"#, #"{"a":1}"#), (#""0012""#, #""0012""#), ("0012", #""0012""#),
        ("1,5", #""1,5""#), ("TRUE", #""TRUE""#), ("null", #""null""#), (" 5", #"" 5""#),
        ("[draft] x", #""[draft] x""#), (#"a"b"#, #""a\"b""#), ("ü\n", #""ü\n""#),
        (#"{"a":1,"a":2}"#, #""{\"a\":1,\"a\":2}""#),
    ])
    func `without a schema a cell is what it looks like in JSON, or text`(
        text: String, json: String
    ) {
        #expect(read(text) == json)
        #expect(read(text, Set(ExpectedValue.Kind.allCases)) == json)
    }

    @Test(
        arguments: [
            ("0012", [.string], #""0012""#), ("12", [.string], #""12""#),
            (#""12""#, [.string], #""\"12\"""#), ("30", [.integer], "30"),
            (" 30 ", [.integer], "30"),
            ("30", [.integer, .string], "30"), (#""30""#, [.integer, .string], #""30""#),
            ("thirty", [.integer, .string], #""thirty""#), ("1.000", [.number, .integer], "1.000"),
            ("TRUE", [.boolean], "true"), ("False", [.boolean], "false"),
            ("true", [.string], #""true""#),
            ("[1]", [.array], "[1]"), ("null", [.null, .string], "null"),
            ("null", [.string], #""null""#),
        ] as [(String, Set<ExpectedValue.Kind>, String)])
    func `a schema gives a cell its type`(
        text: String, kinds: Set<ExpectedValue.Kind>, json: String
    ) {
        #expect(read(text, kinds) == json)
    }

    @Test(
        arguments: [
            (
                "thirty", [.integer],
                "seats must be a whole number, in digits alone, and is \"thirty\""
            ),
            (
                "1.000", [.integer],
                "seats must be a whole number, in digits alone, and is \"1.000\""
            ),
            (
                "1,5", [.number, .integer],
                "seats must be a number, with a point for decimals and nothing between thousands, and is "
                    + "\"1,5\""
            ),
            ("yes", [.boolean], "seats must be TRUE or FALSE, and is \"yes\""),
            ("a", [.array], "seats must be a list such as [\"one\",\"two\"], and is \"a\""),
            (
                "1", [.object, .null],
                "seats must be an object such as {\"name\":1}, or null, and is \"1\""
            ),
        ] as [(String, Set<ExpectedValue.Kind>, String)])
    func `what cannot be of its type is told in the words of a spreadsheet`(
        text: String, kinds: Set<ExpectedValue.Kind>, sentence: String
    ) {
        #expect(read(text, kinds) == sentence)
    }
}
