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
}
