import StrictJSON
import Testing

@Suite struct DuplicateTests {
    static func object(_ names: [String]) -> String {
        "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
    }

    @Test func `names are compared after decoding`() {
        #expect(report(#"{"exp":1,"\u0065xp":2}"#).map { $0.prefix(9) } == ["/exp 1:10"])
        #expect(problems(#"{"\ud83d\ude00":1,"😀":2}"#).count == 1)
        #expect(problems(#"{"\/":1,"/":2}"#).map(\.pointer.description) == ["/~1"])
    }

    @Test func `precomposed and decomposed names differ`() throws {
        let few = "{\"\u{e9}\":1,\"e\u{301}\":2}"
        #expect(problems(few) == [])
        #expect(try root(few).member("\u{e9}")?.integer == 1)
        #expect(try root(few).member("e\u{301}")?.integer == 2)
        let many = (0..<20).map { "n\($0)" } + ["\u{e9}", "e\u{301}"]
        #expect(problems(Self.object(many)) == [])
    }

    @Test func `a repeated name is found in objects of every size`() {
        for size in 1...40 {
            let names = (0..<size).map { "n\($0)" }
            #expect(problems(Self.object(names)) == [])
            for name in names {
                let found = problems(Self.object(names + [name, "\\u006e\(name.dropFirst())"]))
                #expect(found.map(\.pointer.description) == ["/" + name, "/" + name])
                #expect(found.allSatisfy { $0.kind == .duplicateMember })
            }
        }
    }

    @Test func `problems come in source order from every depth`() {
        let input = """
            {"a": {"x": 1, "x": 2},
             "b": [{"y": {}, "y": {"z": 1, "z": 1}}],
             "a": 3}
            """
        #expect(
            report(input).map { $0.split(separator: " ")[0...1].joined(separator: " ") } == [
                "/a/x 1:16", "/b/0/y 2:18", "/b/0/y/z 2:32", "/a 3:2",
            ])
    }

    @Test func `a syntax problem after repeated names is the last problem`() {
        let found = problems(#"{"a":1,"a":2,"b":[1,"a"#)
        #expect(found.map(\.kind) == [.duplicateMember, .syntax])
        #expect(found.last?.pointer.description == "/b/1")
        #expect(problems(#"{"a":1,"a" 2}"#).map(\.kind) == [.duplicateMember, .syntax])
    }

    @Test func `parsing stops at the greatest number of problems`() {
        let many = Self.object(Array(repeating: "a", count: 500))
        #expect(problems(many).count == 100)
        #expect(
            problems(many, limits: JSONLimits(maxProblems: 3)).map(\.position.column) == [
                8, 14, 20,
            ])
        #expect(problems(many, limits: JSONLimits(maxProblems: 1)).count == 1)
        #expect(problems(many, limits: JSONLimits(maxProblems: 0)).count == 1)
        #expect(problems(#"{"a":1,"a":2,x"#, limits: JSONLimits(maxProblems: 1)).count == 1)
        #expect(problems(#"{"a":1,"a":2,x"#, limits: JSONLimits(maxProblems: 2)).count == 2)
    }
}
