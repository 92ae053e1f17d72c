import StrictJSON
import Support
import Testing

/// A text that is read in pieces says the same as one that is read whole, wherever it is cut.
@Suite struct PortionTests {
    /// What a reader learns: the values in compact form, and the problems.
    struct Reading: Equatable {
        var values: [String] = []
        var problems: [JSONProblem] = []
    }

    /// Cuts into pieces of so many bytes.
    static func readInPieces(
        _ bytes: [UInt8], of size: Int, limits: JSONLimits = .init()
    ) -> Reading {
        var reader = JSONPortionReader(limits: limits)
        var reading = Reading()
        for start in stride(from: 0, through: bytes.count, by: size) {
            let end = min(start + size, bytes.count)
            let portion = reader.read(Array(bytes[start..<end]), isLast: end - start < size)
            if !portion.values.isEmpty, reader.arrayPlace != nil {
                #expect(portion.firstIndex == reading.values.count)
            }
            for value in portion.values {
                reading.values.append("\(value.offset) \(value.position.column) \(compact(value))")
            }
            reading.problems += portion.problems
        }
        return reading
    }

    static func readWhole(_ bytes: [UInt8], limits: JSONLimits = .init()) -> Reading {
        let (document, problems) = JSONDocument.read(bytes, limits: limits)
        let values = document.map { document in
            document.root.kind == .array ? Array(document.root.elements) : [document.root]
        }
        return Reading(
            values: (values ?? []).map { "\($0.offset) \($0.position.column) \(compact($0))" },
            problems: problems)
    }

    static func compare(_ bytes: [UInt8], limits: JSONLimits = .init()) {
        let whole = readWhole(bytes, limits: limits)
        for size in [1, 2, 3, 7, 16, 61, bytes.count + 1] {
            let pieces = readInPieces(bytes, of: size, limits: limits)
            #expect(pieces.problems == whole.problems, "\(text(bytes)), pieces of \(size)")
            // Behind a fault nothing is read; before it an array in pieces has given elements.
            if !whole.values.isEmpty { #expect(pieces.values == whole.values, "\(text(bytes))") }
        }
    }

    @Test(arguments: [
        "[]", " [ ] ", "[1]", "[12,345]\n", "[ {\"a\":[1,{\"b\":2}]} ,\n true , \"é😀\\u00e9\" ]",
        "{}", " {\"a\":1,\"a\":2} ", "7", "\"text\"", "", " ", "[", "[1", "[1,", "[1,]", "[,1]",
        "[1 2]", "[1]x", "[1] ]", "[tru]", "[truth]", "[{\"a\":1,\"a\":2},{\"b\":1,\"b\":2}]",
        "\u{feff}[1]", "\u{feff}{}", "[[[[1]]]]", "[\"\\ud800\"]", "[\"\u{1}\"]", "[01]", "[1.]",
        "x", "[{\"a\"}]", "[{\"a\":}]",
    ])
    func `pieces of every size give the same values and problems`(text: String) {
        Self.compare(Array(text.utf8))
        Self.compare(Array(text.utf8), limits: JSONLimits(maxDepth: 3, maxProblems: 1))
    }

    @Test(arguments: 0..<4) func `mutated arrays give the same in pieces`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(100 + seed))
        let element = MutationTests.seeds[seed]
        let intact = [0x5b] + element + Array(",\n".utf8) + element + [0x5d]
        for _ in 0..<300 {
            var bytes = intact
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                MutationTests.mutate(&bytes, using: &generator)
            }
            Self.compare(bytes)
        }
    }

    @Test func `an element that is larger than allowed ends the reading`() {
        var reader = JSONPortionReader(maximumValueByteCount: 100)
        let long = "\"" + String(repeating: "a", count: 200) + "\""
        #expect(reader.read(Array("[1,2,".utf8), isLast: false).values.count == 2)
        let portion = reader.read(Array(long.dropLast().utf8), isLast: false)
        #expect(portion.problems.map(\.kind) == [.tooLarge])
        #expect(portion.problems.map(\.pointer.description) == ["/2"])
        #expect(reader.isStopped)
    }
}
