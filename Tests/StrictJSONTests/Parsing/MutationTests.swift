import StrictJSON
import Support
import Testing

/// Seeded, so that a failure repeats. Crashes show as such; there is nothing else to expect of
/// a refused text than at least one problem.
@Suite struct MutationTests {
    static let seeds: [[UInt8]] = [
        #"{"a":[1,-2.5e+10,true,false,null],"b":{"c":"x\u00e9\ud83d\ude00","d":""}}"#,
        #" [ { "id" : 0 , "né" : "😀 \\ \" \/ \b" } , [ [ ] , { } ] , 1E-2 , -0 ] "#,
        #"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10,"k":11}"#,
        #"["plain text longer than eight bytes","\ud800\udc00","\u0000",123456789012345678901]"#,
    ].map { Array($0.utf8) }

    static let spice: [[UInt8]] =
        [
            "\"", "\\", "\\u", "\\ud800", "[", "]", "{", "}", ",", ":", "0", "-", ".", "e", " ",
            "\n",
            "\"a\":", "null", "é", "😀", "\u{0}", "\u{feff}", "/", "~",
        ].map { Array($0.utf8) } + [[0x80], [0xC3], [0xED, 0xA0, 0x80], [0xF4], [0xFF]]

    static func mutate(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
        let index = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0 where index < bytes.count:
            bytes[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.insert(contentsOf: spice.randomElement(using: &generator) ?? [], at: index)
        case 2: bytes.removeSubrange(index..<min(bytes.count, index + 2))
        default:
            let end = Int.random(in: index...bytes.count, using: &generator)
            bytes.insert(contentsOf: Array(bytes[index..<end].prefix(12)), at: index)
        }
    }

    /// Touches every value and gives all strings, as a reader would.
    static func walk(_ value: JSONValue) -> Int {
        let names = value.members.filter { value.member($0.name)?.offset == $0.value.offset }
        #expect(names.count == (value.kind == .object ? value.count : 0))
        _ = (value.string, value.bool, value.integer, value.overflowsDouble, value.position)
        let children = Array(value.elements) + value.members.map(\.value)
        #expect(children.count == value.count)
        return children.reduce(1) { $0 + walk($1) }
    }

    @Test(arguments: 0..<4) func `mutated texts never crash and compact text is stable`(
        _ seed: Int
    ) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var accepted = 0
        for _ in 0..<1500 {
            var bytes = Self.seeds[seed]
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                Self.mutate(&bytes, using: &generator)
            }
            guard problems(bytes) == [] else { continue }
            accepted += 1
            let value = try JSONDocument.parse(bytes).root
            let once = compact(value)
            let again = try root(once)
            #expect(compact(again) == once)
            #expect(Self.walk(again) == Self.walk(value))
        }
        #expect(accepted > 0)
    }
}
