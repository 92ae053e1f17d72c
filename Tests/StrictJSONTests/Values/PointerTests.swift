import StrictJSON
import Testing

@Suite struct PointerTests {
    @Test func `writes RFC 6901`() {
        #expect(JSONPointer.root.description == "")
        #expect(JSONPointer.root.appending(member: "").description == "/")
        let pointer = JSONPointer.root.appending(member: "a/b~c").appending(index: 12)
        #expect("\(pointer)" == "/a~1b~0c/12")
        #expect("\(JSONPointer.root.appending(member: "~1/~0"))" == "/~01~1~00")
        #expect("\(JSONPointer.root.appending(member: "é\"\n"))" == "/é\"\n")
    }

    @Test func `compares bytes`() {
        let root = JSONPointer.root
        #expect(root.appending(member: "0") == root.appending(index: 0))
        #expect(root.appending(member: "\u{e9}") != root.appending(member: "e\u{301}"))
        #expect(root.appending(member: "a/b") != root.appending(member: "a").appending(member: "b"))
        let element = root.appending(member: "a").appending(index: 0)
        #expect(problems(#"{"a":[x]}"#).map(\.pointer) == [element])
    }

    @Test func `a pointer of more than 500 characters is shortened in the middle`() {
        for unit in ["x", "é", "€", "😀", "a😀"] {
            let name = String(repeating: unit, count: 600 / unit.unicodeScalars.count)
            let fits = JSONPointer.root.appending(member: String(name.unicodeScalars.prefix(499)))
            #expect(fits.description.unicodeScalars.count == 500)
            #expect(!fits.description.contains("…"))
            let long = String(repeating: name, count: 100)
            let whole = "/\(name)/\(long)/0".unicodeScalars
            let pointer = JSONPointer.root.appending(member: name).appending(member: long)
                .appending(index: 0)
            #expect(
                pointer.description
                    == String(whole.prefix(249)) + "…" + String(whole.suffix(250)))
        }
    }
}
