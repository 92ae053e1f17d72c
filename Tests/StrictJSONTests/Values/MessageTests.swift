import Testing

@testable import StrictJSON

@Suite struct MessageTests {
    static let reports: [(String, String)] = [
        ("", " 1:1 empty text, expected a value"),
        (" ", " 1:2 expected a value, found the end of the text"),
        ("1 x", " 1:3 expected the end of the text after the value, found 'x'"),
        (#"{"a":1x"#, " 1:7 expected ',' or '}' after a member, found 'x'"),
        ("[1 2]", " 1:4 expected ',' or ']' after an element, found '2'"),
        ("[1,]", " 1:4 trailing comma before ']', remove it"),
        (#"{"a":1,}"#, " 1:8 trailing comma before '}', remove it"),
        ("[", "/0 1:2 expected a value or ']', found the end of the text"),
        ("[1,x]", "/1 1:4 expected a value after ',', found 'x'"),
        (#"{"a":"#, "/a 1:6 expected a value after ':', found the end of the text"),
        (#"{"a" 1}"#, "/a 1:6 expected ':' after a member name, found '1'"),
        ("{a:1}", " 1:2 expected a member name in double quotes or '}', found 'a'"),
        ("{'a':1}", #" 1:2 expected a member name in double quotes or '}', found '\''"#),
        (#"{"a":1,b"#, " 1:8 expected a member name in double quotes, found 'b'"),
        (
            #"{"a":{"\q":1}}"#,
            #"/a 1:9 expected one of " \ / b f n r t u after a backslash, found 'q'"#
        ),
        ("[NaN]", "/0 1:2 expected a value or ']', found 'N'"),
        ("+1", " 1:1 expected a value, found '+'"),
        ("1.", " 1:3 expected a digit after the decimal point, found the end of the text"),
        ("-x", " 1:2 expected a digit after '-', found 'x'"),
        ("[1e]", "/0 1:4 expected a digit after the exponent mark, found ']'"),
        ("-01", " 1:2 leading zero in a number, remove it"),
        ("[nul]", "/0 1:2 misspelled word, expected 'null'"),
        ("\"a", " 1:3 expected a closing '\"' after the string, found the end of the text"),
        ("\"a\n\"", #" 1:3 control character '\u{a}' in a string, escape it"#),
        ("\u{e9}", #" 1:1 expected a value, found '\u{e9}'"#),
        ("\u{1f600}", #" 1:1 expected a value, found '\u{1f600}'"#),
        ("\u{7f}", #" 1:1 expected a value, found '\u{7f}'"#),
        ("\0", #" 1:1 expected a value, found '\u{0}'"#),
        (#""\u12x4""#, #" 1:6 expected four hexadecimal digits after '\u', found 'x'"#),
        (
            #"["\ud800"]"#,
            "/0 1:3 lone high surrogate escape, put its low surrogate escape after it"
        ),
        (
            #"["\udc00"]"#,
            "/0 1:3 lone low surrogate escape, put its high surrogate escape before it"
        ),
        (#"{"a":1,"a":2}"#, "/a 1:8 repeated member name, keep only one member of this name"),
    ]

    @Test(arguments: reports) func `says what is wrong, where, and what to do`(
        _ input: String, _ line: String
    ) {
        #expect(report(input) == [line])
    }

    @Test func `the pointer leads to the innermost value being read`() {
        #expect(
            report(#"{"a/b":[0,{"~":[tru]}]}"#) == [
                "/a~1b/1/~0/0 1:17 misspelled word, expected 'true'"
            ])
        #expect(problems(#"[[1],{"a":[]} x"#).map(\.pointer) == [.root])
        #expect(problems(#"{"a":{"b":[1],}}"#).map(\.pointer.description) == ["/a"])
    }

    @Test func `a long text is never quoted`() {
        let long = String(repeating: "x", count: 10_000)
        for input in [long, "\"\(long)", "[\"\(long)\" \(long)", "{\"\(long)\":1,\"\(long)\":1}"] {
            #expect(problems(input).allSatisfy { $0.message.utf8.count < 100 })
        }
    }

    @Test func `a text of 4 GiB is a problem`() {
        #expect(JSONDocument.sizeProblem(byteCount: 0xFFFF_FFFF) == nil)
        let problem = JSONDocument.sizeProblem(byteCount: 0x1_0000_0000)
        #expect(problem?.message == "text of 4 GiB or more, split it into smaller texts")
    }
}
