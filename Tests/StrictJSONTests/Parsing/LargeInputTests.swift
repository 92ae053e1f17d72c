import StrictJSON
import Testing

/// Every input is far beyond what quadratic work could finish in the time limit. Serialized, as
/// two of them at once only compete for memory.
@Suite(.serialized, .timeLimit(.minutes(10))) struct LargeInputTests {
    static let size = 16 << 20
    /// For texts of many tokens, which a debug build reads more slowly.
    static let tokensSize = 4 << 20

    /// At least `size` bytes of whole units; doubling is quick even in a debug build.
    static func repeated(
        _ unit: String, _ prefix: String = "", _ suffix: String = "", size: Int = size
    ) -> [UInt8] {
        var bytes = Array(unit.utf8)
        while bytes.count < size { bytes += bytes }
        return Array(prefix.utf8) + bytes + Array(suffix.utf8)
    }

    static func object(members: Int, name: (Int) -> String) -> [UInt8] {
        var bytes = Array("{".utf8)
        for index in 0..<members {
            bytes.append(contentsOf: "\(index == 0 ? "" : ",")\"\(name(index))\":0".utf8)
        }
        return bytes + Array("}".utf8)
    }

    @Test func `millions of brackets are refused for their depth`() {
        #expect(problems(Self.repeated("[")).map(\.kind) == [.tooDeep])
        #expect(problems(Self.repeated("{\"\":")).map(\.kind) == [.tooDeep])
        #expect(problems(Self.repeated("]")).map(\.kind) == [.syntax])
    }

    @Test func `one long string is read whole`() throws {
        let ascii = try JSONDocument.parse(Self.repeated("abcdefgh", "\"", "\"")).root
        #expect(ascii.string?.utf8.count == Self.size)
        let accents = try JSONDocument.parse(Self.repeated("é", "\"", "\"")).root
        #expect(accents.string?.utf8.count == Self.size)
        let escapes = try JSONDocument.parse(Self.repeated(#"\u00e9"#, "\"", "\"")).root
        #expect(escapes.string?.utf8.count == escapes.sourceText.count / 3)
        #expect(problems(Self.repeated("a", "\"")).map(\.position.column) == [Self.size + 2])
    }

    @Test func `one long number is read whole`() throws {
        let digits = try JSONDocument.parse(Self.repeated("9")).root
        #expect(digits.overflowsDouble && digits.isIntegerText && digits.integer == nil)
        let fraction = try JSONDocument.parse(Self.repeated("0", "0.", "1")).root
        #expect(!fraction.overflowsDouble)
        let exponent = try JSONDocument.parse(Self.repeated("9", "1e")).root
        #expect(exponent.overflowsDouble)
        let zeros = Self.repeated("0", "0.", "1e16777526")
        #expect(try JSONDocument.parse(zeros).root.overflowsDouble)
    }

    @Test func `much white space and many elements are read`() throws {
        #expect(problems(Self.repeated(" \n")).map(\.position.line) == [1 + Self.size / 2])
        let list = try JSONDocument.parse(Self.repeated("[],", "[", "0]", size: Self.tokensSize))
            .root
        #expect(list.count == (list.sourceText.count - 3) / 3 + 1)
        var out: [UInt8] = []
        list.appendCompact(to: &out)
        #expect(out == Array(list.sourceText))
    }

    @Test(arguments: [100_000, 1_000_000])
    func `an object of many members is read`(_ members: Int) throws {
        let bytes = Self.object(members: members) { "n\($0)" }
        let value = try JSONDocument.parse(bytes).root
        #expect(value.count == members)
        #expect(value.member("n\(members - 1)")?.integer == 0)
    }

    @Test func `many repeated names are reported up to the limit`() {
        let limits = JSONLimits(maxProblems: 100_000)
        let bytes = Self.object(members: 200_000) { "n\($0 / 2)" }
        #expect(problems(bytes, limits: limits).count == 100_000)
        #expect(problems(Self.repeated("\"a\":0,", "{")).count == 100)
    }

    @Test func `one very long name repeated`() {
        let longest = String(repeating: "long name ~ ", count: Self.size / 48)
        #expect(problems(Self.object(members: 4) { _ in longest }).count == 3)
        let name = String(repeating: "long name ~", count: 10_000)
        #expect(problems(Self.object(members: 15) { "\(name)\($0)" }) == [])
        #expect(problems(Self.object(members: 15) { "\\u0061\(name)\($0)" }) == [])
    }

    @Test func `problems below one very long name are told with its beginning and end`() {
        let name = String(repeating: "x", count: Self.size)
        let bytes = Array("{\"\(name)\":".utf8) + Self.object(members: 200) { _ in "a" }
        let found = problems(bytes)
        #expect(found.count == 100)
        let pointer =
            "/\(String(repeating: "x", count: 248))…\(String(repeating: "x", count: 248))/a"
        #expect(found.allSatisfy { $0.pointer.description == pointer })
    }

    @Test func `many small objects with nine members`() throws {
        let small = Self.object(members: 9) { "n\($0)" }
        let bytes = Self.repeated(text(small) + ",", "[", "0]", size: Self.tokensSize)
        let count = try JSONDocument.parse(bytes).root.count
        #expect(count == (bytes.count - 3) / (small.count + 1) + 1)
    }
}
