import StrictJSON
import Testing

@Suite struct DepthTests {
    static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    @Test func `32 levels are fine and 33 are not`() {
        #expect(problems(Self.nested(32)) == [])
        let found = problems(Self.nested(33))
        #expect(found.map(\.kind) == [.tooDeep])
        #expect(found.first?.position.column == 33)
        #expect(found.first?.pointer.description == String(repeating: "/0", count: 32))
        #expect(found.first?.message == "nested deeper than 32 levels, use fewer levels")
    }

    @Test func `objects count like arrays`() {
        let opening = String(repeating: #"[{"a":"#, count: 16)
        let closing = String(repeating: "}]", count: 16)
        #expect(problems(opening + "1" + closing) == [])
        #expect(problems(opening + "{}" + closing).map(\.kind) == [.tooDeep])
    }

    @Test func `siblings do not add to the depth`() {
        #expect(problems("[[],[],{},[[]]]", limits: JSONLimits(maxDepth: 3)) == [])
        #expect(problems("[[],[],{},[[]]]", limits: JSONLimits(maxDepth: 2)).count == 1)
        #expect(problems("1", limits: JSONLimits(maxDepth: 0)) == [])
        #expect(problems("[]", limits: JSONLimits(maxDepth: 0)).map(\.kind) == [.tooDeep])
    }

    @Test func `a greater limit needs no stack`() throws {
        let document = try parse(Self.nested(200_000), limits: JSONLimits(maxDepth: 200_000))
        #expect(compact(document.root).utf8.count == 400_000)
    }
}
