import StrictJSON
import Testing

@Suite struct GrammarTests {
    static let accepted: [String] = [
        "null", "true", "false", "0", "-0", "7", "-12", "1234567890", "0.5", "-0.0", "10.25",
        "1e5", "1E5", "1e+5", "1e-5", "0e0", "1.5E-07", "123456789012345678901234567890",
        "1e999999999999999999999999", #""""#, #""a""#, #"" ""#, #""\"""#, #""\\""#, #""\/""#,
        #""\b\f\n\r\t""#, #""\u0000""#, #""\u00e9\u00E9""#, #""\ud83d\ude00""#,
        #""\uD83D\uDE00""#, #""\uDBFF\uDFFF""#, #""\ud800\udc00""#, #""\ufeff""#, #""\uffff""#,
        #""\\u0041""#, #""\\\\\"""#, "\"\u{7f}\"", "\"\u{80}\"", "\"\u{2028}\u{2029}\"",
        "\"\u{e9}\u{20ac}\u{1f600}\u{10ffff}\"", "\"\u{feff}\"", "\"12345678\"",
        "\"1234567\u{e9}\"", "[]", "{}", "[ ]", "{ }", " \t\r\n[\t]\n", "[1]", "[1,2]",
        "[ 1 , 2 ]", "[[],[[]]]", "[null,true,false]", #"{"a":1}"#, #"{ "a" : 1 , "b" : 2 }"#,
        #"{"":0}"#, #"{"a":{"a":{"a":[]}}}"#, #"[{"a":1},{"a":1}]"#, #"{"a":1,"A":1}"#,
        "1 ", " 1", "\n1\n", #"{"\u0061":1,"b":2}"#, #"{"\u0000":1,"\u0001":2}"#,
    ]

    static let refused: [String] = [
        "", " ", "\n\t", "\0", "1\0", "\"\0\"", "\u{feff}1", "\u{feff}", "1 \u{feff}",
        "+1", ".5", "-.5", "1.", "1.e5", "-", "--1", "-+1", "01", "-01", "00", "0123", "1e",
        "1e+", "1E-", "1e5.5", "1.2.3", "0x10", "1_000", "1,000", "1 2", "1a", "0b1", "-a",
        "NaN", "nan", "Infinity", "-Infinity", "-NaN", "inf", "\u{ff11}",
        "nul", "nulll", "Null", "TRUE", "tru", "fals", "falsee", "undefined", "truefalse", "n",
        #"""#, #""a"#, #"a""#, "a", "'a'", "`a`", #""\x41""#, #""\a""#, #""\'""#, #""\0""#,
        #""\""#, #""\"#, #""\u""#, #""\u1""#, #""\u12""#, #""\u123""#, #""\u123g""#,
        #""\u 123""#, #""\u+123""#, #""\U0041""#, #""\u{41}""#, #""\u12"#, "\"\\\u{e9}\"",
        "\"\\u00\u{e9}9\"", #""\ud800""#, #""\ud800x""#, #""\ud800\n""#, #""\ud800\u0041""#,
        #""\ud800\ud800""#, #""\ud800\ud800\udc00""#, #""\udc00""#, #""\udfff""#,
        #""\udc00\ud800""#, #""\ud83d\\ude00""#, #""\ud800\u"#, #""\ud800\"#, #""\uD800\u00""#,
        "\"\n\"", "\"\t\"", "\"\r\"", "\"\u{1f}\"", "\"1234567\n\"", "\"12345678\u{1}\"",
        "\"a\u{b}b\"", "\"\\\n\"", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1,,2]",
        "[1 2]", "[1;2]", "[1:2]", "[1}", "[}", "[]]", "[][]", "[1],", ",", "[\"a\"", "[\"a",
        "{", "}", "{]", "{}}", "{\"a\"", "{\"a\":", "{\"a\":}", "{\"a\":1", "{\"a\":1,",
        "{\"a\":1,}", "{,}", "{,\"a\":1}", "{\"a\":1,,\"b\":2}", "{\"a\":1 \"b\":2}",
        "{\"a\" 1}", "{\"a\"::1}", "{\"a\",1}", "{\"a\"=1}", "{\"a\":1]", "{a:1}", "{'a':1}",
        "{1:1}", "{null:1}", "{[]:1}", "{\"a\":1:2}", "{\"a\":1;}", "{\"a\"}", "{\"a\":1}x",
        "// c\n1", "1 // c", "/* c */1", "1/**/", "# c\n1", "[1/**/]", "[1]#", "(1)", "<1>",
        "\u{a0}1", "1\u{a0}", "\u{b}1", "\u{c}1", "\u{2028}1", "\u{3000}1", "\u{e9}", "\u{1f600}",
        "[\u{200b}]", "\\u0031", "{\"a\":1,\"a\":1}", "@", "*", "$", "[...]", "\u{7f}",
    ]

    @Test(arguments: accepted) func `accepts what RFC 8259 allows`(_ input: String) {
        #expect(problems(input) == [])
    }

    @Test(arguments: refused) func `refuses everything else`(_ input: String) {
        #expect(problems(input).count == 1)
    }

    @Test func `accepts no proper prefix of an array`() {
        let whole = Array(#"[{"a\u00e9\ud83d\ude00":[1.5e-7,"é😀",true,false,null]},-0]"#.utf8)
        #expect(problems(whole) == [])
        for length in 0..<whole.count {
            #expect(problems(Array(whole[..<length])).count == 1)
        }
    }

    @Test func `refuses a byte order mark by name`() {
        let message = "byte order mark, save the text as UTF-8 without it"
        #expect(report("\u{feff}{}") == [" 1:1 " + message])
        #expect(report("\u{feff}") == [" 1:1 " + message])
    }

    @Test func `every control character needs an escape in a string`() {
        for byte in UInt8(0)..<0x20 {
            for prefix in ["", "1234567", "12345678", "123456789"] {
                let input = Array("\"\(prefix)".utf8) + [byte] + Array("padding 8 bytes\"".utf8)
                let found = problems(input)
                #expect(found.map(\.position.column) == [prefix.utf8.count + 2])
            }
        }
    }
}
