import StrictJSON
import Testing

@Suite struct ValueTests {
    @Test func `tells the kinds apart`() throws {
        let value = try root(#"[null,true,false,-1,"s",[0],{"a":0,"b":0}]"#)
        let elements = Array(value.elements)
        #expect(
            elements.map(\.kind) == [
                .null, .bool, .bool, .number, .string, .array, .object,
            ])
        #expect(elements.map(\.bool) == [nil, true, false, nil, nil, nil, nil])
        #expect(elements.map(\.string) == [nil, nil, nil, nil, "s", nil, nil])
        #expect(elements.map(\.count) == [0, 0, 0, 0, 0, 1, 2])
        #expect(elements.map { Array($0.elements).count } == [0, 0, 0, 0, 0, 1, 0])
        #expect(elements.map { Array($0.members).count } == [0, 0, 0, 0, 0, 0, 2])
    }

    @Test func `scalars among siblings have no children`() throws {
        let value = try root(#"{"a":"x","b":[1,[2,3],4],"c":{},"d":5}"#)
        #expect(value.members.map(\.name) == ["a", "b", "c", "d"])
        #expect(value.members.map { compact($0.value) } == [#""x""#, "[1,[2,3],4]", "{}", "5"])
        #expect(value.member("b")?.elements.map(compact) == ["1", "[2,3]", "4"])
        #expect(value.member("c")?.count == 0)
        #expect(value.member("e") == nil)
        #expect(value.member("") == nil)
        #expect(value.member("a")?.member("a") == nil)
    }

    @Test func `source text and offset are exact`() throws {
        let value = try root(#" { "k" : [ -1.50E+01 , "\u0041" ] } "#)
        let list = try #require(value.member("k"))
        #expect(text(value.sourceText) == #"{ "k" : [ -1.50E+01 , "\u0041" ] }"#)
        #expect(list.elements.map { text($0.sourceText) } == ["-1.50E+01", #""\u0041""#])
        #expect(list.elements.map(\.offset) == [11, 23])
        #expect(value.members.map(\.nameOffset) == [3])
    }

    @Test func `strings are decoded`() throws {
        let value = try root(#""a\"\\\/\b\f\n\r\t\u0000\u00e9\u20AC\ud83d\uDE00é€😀\\u0041""#)
        let expected = "a\"\\/\u{8}\u{c}\n\r\t\0é€😀é€😀\\u0041"
        #expect(value.string.map { Array($0.utf8) } == Array(expected.utf8))
        #expect(try root(#""""#).string == "")
        #expect(try root(#""\udbff\udfff\ud800\udc00""#).string == "\u{10ffff}\u{10000}")
        #expect(
            try root(#""\u007f\u0080\u07ff\u0800\uffff""#).string
                == "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")
    }

    @Test func `members are found by decoded names`() throws {
        let value = try root(#"{"\u0065xp":1,"a\"b":2,"":3}"#)
        #expect(value.member("exp")?.integer == 1)
        #expect(value.member("a\"b")?.integer == 2)
        #expect(value.member("")?.integer == 3)
        #expect(value.members.map(\.name) == ["exp", "a\"b", ""])
        #expect(value.member(#"\u0065xp"#) == nil)
    }

    @Test func `compact text keeps tokens and drops white space`() throws {
        let value = try root(
            #" { "a b" : [ 1.0e+2 , "\u0041 \" , \\" , { } , [ ] ] , "é":true}"# + "\t\r\n")
        let list = #"[1.0e+2,"\u0041 \" , \\",{},[]]"#
        #expect(compact(value) == #"{"a b":\#(list),"é":true}"#)
        #expect(value.member("a b").map(compact) == list)
    }

    @Test func `compact members have no braces`() throws {
        func members(_ input: String) throws -> String {
            var out: [UInt8] = [UInt8(ascii: "<")]
            try root(input).members.appendCompact(to: &out)
            return text(out)
        }
        #expect(try members("{ \"a\" : 1 , \"b\" : { \"c\" : 2 } }") == #"<"a":1,"b":{"c":2}"#)
        #expect(try members("{ }") == "<")
        #expect(try members("[1, 2]") == "<")
        #expect(try members("\"{ }\"") == "<")
    }

    @Test func `a value outlives its document`() throws {
        let value = try #require(try root(#"{"a":["x"]}"#).member("a"))
        #expect(value.elements.map(\.string) == ["x"])
        #expect(value.elements.map(\.string) == ["x"])
    }
}
