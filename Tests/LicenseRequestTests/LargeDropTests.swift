import CalendarTime
import StrictJSON
import Testing

@testable import LicenseRequest

/// Every drop is far beyond what quadratic work could finish in the time limit.
@Suite(.serialized, .timeLimit(.minutes(10))) struct LargeDropTests {
    private static func problems(_ text: String) throws -> [Problem] {
        let rules = RequestRules(
            reservedClaims: ["exp"], now: try Timestamp(parsing: "2026-11-23T10:00:00Z"))
        return DropContent(reading: Array(text.utf8), rules: rules)
            .problems(against: UnknownLicenses<Never>())
    }

    private static func byteCount(_ problems: [Problem]) -> Int {
        problems.reduce(0) { $0 + $1.pointer.description.utf8.count + $1.message.utf8.count }
    }

    @Test func `a very long name above a hundred faults makes a short answer`() throws {
        let name = String(repeating: "n", count: 2 << 20)
        let repeated = (0..<102).map { _ in #""a":1"# }.joined(separator: ",")
        let numbers = (0..<102).map { _ in "1e999" }.joined(separator: ",")
        for value in ["{\(repeated)}", "[\(numbers)]"] {
            let problems = try Self.problems(
                #"{"name":"A","customer":"a","payload":{"\#(name)":\#(value)}}"#)
            #expect(problems.count == 100)
            #expect(problems.last?.code == .tooMany)
            #expect(Self.byteCount(problems) < 100_000)
        }
    }

    @Test func `a very long name that nothing knows makes a short answer`() throws {
        let name = String(repeating: "é", count: 2 << 20)
        let problems = try Self.problems(
            #"{"name":"A","customer":"a","payload":{},"\#(name)":1}"#)
        #expect(problems.map(\.code) == [.unknownMember])
        #expect(Self.byteCount(problems) < 2000)
    }

    @Test func `a flood of members that nothing knows is gone through once`() throws {
        let members = (0..<200_000).map { #""member\#($0)":1"# }.joined(separator: ",")
        let problems = try Self.problems(#"{\#(members),"name":"A","customer":"a"}"#)
        #expect(problems.count == 100)
        #expect(problems.last?.code == .tooMany)
    }

    @Test func `faults at the end of a long text are found in one pass`() throws {
        let padding = String(repeating: " ", count: 8 << 20)
        let members = (0..<99).map { #""x\#($0)":1"# }.joined(separator: ",")
        let problems = try Self.problems(
            #"{"name":"A","customer":"a","payload":{},\#(padding)\#(members)}"#)
        #expect(problems.count == 99)
        #expect(problems.allSatisfy { ($0.position?.column ?? 0) > padding.utf8.count })
    }

    /// What a reader lists which is given the text in pieces of this size.
    private static func listed(_ text: String, inPiecesOf count: Int) throws -> [String] {
        var reader = DropReader(
            rules: RequestRules(
                reservedClaims: ["exp"], now: try Timestamp(parsing: "2026-11-23T10:00:00Z")))
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: count) {
            _ = reader.read(Array(bytes[start...].prefix(count)), isLast: false)
        }
        _ = reader.read([], isLast: true)
        return reader.problems.inOrder.map { "\($0.offset ?? -1) \($0.code) \($0.pointer)" }
    }

    @Test(arguments: [1, 2, 7, 64, 1000, 1 << 20])
    func `the first faults of the text are listed, however it is read`(size: Int) throws {
        let numbers = Array(repeating: "7", count: 99).joined(separator: ",")
        let repeated = #"{"name":"A","customer":"a","name":"B"}"#
        for end in [
            #"{"x":1,"x":2},x]"#, "x]", "\(repeated),\(repeated)]", "7,7,x]", #"{"x":1},7,{"#,
        ] {
            let text = "[\(numbers),\n\(end)"
            let listed = try Self.listed(text, inPiecesOf: size)
            #expect(listed == (try Self.listed(text, inPiecesOf: text.utf8.count)))
            // The numbers come first in the text.
            #expect(listed.prefix(99).allSatisfy { $0.contains(" wrongType /") })
            #expect(listed.count == 100)
        }
    }
}
