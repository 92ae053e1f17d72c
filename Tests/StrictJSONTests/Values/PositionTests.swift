import Testing

@testable import StrictJSON

@Suite struct PositionTests {
    @Test func `lines end with LF and columns count scalars`() throws {
        let value = try root("{\r\n \"é😀\": 1,\n\t\"b\":[\n\n2]}")
        let members = Array(value.members)
        #expect(members.map(\.nameOffset) == [4, 18])
        #expect([members[0].value.position.line, members[0].value.position.column] == [2, 8])
        #expect([members[1].value.position.line, members[1].value.position.column] == [3, 6])
        let two = Array(members[1].value.elements)[0].position
        #expect([two.line, two.column] == [5, 1])
    }

    @Test func `an offset outside the text is taken to its nearest end`() throws {
        let document = try parse("[1,\n2]")
        #expect(document.position(at: 1000) == document.position(at: 6))
        #expect(document.position(at: 6).column == 3)
        #expect(document.position(at: -1) == document.position(at: 0))
        #expect(document.position(at: .max).line == 2)
        #expect(document.position(at: .min).line == 1)
    }

    @Test func `problems have positions of their own lines`() {
        #expect(report("[\n  1,\n  é]").map { $0.prefix(6) } == ["/1 3:3"])
        #expect(report("[\"é\u{1f600}\" x").map { $0.prefix(5) } == [" 1:7 "])
    }

    @Test func `ill-formed UTF-8 before an offset is tolerated`() {
        let bytes: [UInt8] = [0x80, 0xFF, 0xE2, 0x82, 0x0A, 0xC3, 0x61, 0x80]
        let position = bytes.withSource { source in
            var counter = PositionCounter()
            return counter.position(at: bytes.count, in: source)
        }
        #expect([position.line, position.column] == [2, 3])
    }

    @Test func `ill-formed UTF-8 has a position like any fault`() {
        let found = problems(Array("[\"é\",\n\"".utf8) + [0x80, 0x80, 0xFF])
        #expect(found.map(\.position.line) == [2])
        #expect(found.map(\.position.column) == [2])
    }
}
