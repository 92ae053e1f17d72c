import Testing

@testable import DurableFiles

struct FileNameTests {
    @Test(arguments: [
        (Array("acme.json".utf8), "acme.json"), (Array("Ä b.json".utf8), "Ä b.json"),
        ([0x61, 0x0a, 0x62], "a\\x0ab"), ([0x61, 0x1b, 0x5b], "a\\x1b["), ([0x5c], "\\x5c"),
        ([0x61, 0xff, 0x62], "a\\xff\\x62"), ([0xc2, 0x85], "\\xc2\\x85"),
    ])
    func `any name is shown on one line of plain text`(bytes: [UInt8], shown: String) {
        #expect(FileName(bytes: bytes).description == shown)
    }
}
