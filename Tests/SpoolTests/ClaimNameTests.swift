import DurableFiles
import Testing

@testable import Spool

struct ClaimNameTests {
    private static func claim(_ original: FileName, sequence: Int = 0) -> ClaimName {
        ClaimName(
            time: "20261123T100000Z", sequence: sequence, random: [1, 2, 3, 4], original: original)
    }

    @Test func `a claim is time, id and name, and gives the name back`() throws {
        let claim = Self.claim(FileName("acme.json"))
        #expect(claim.fileName.description == "20261123T100000Z-00000g40r4-acme.json")
        let read = try #require(ClaimName(claim.fileName))
        #expect(read == claim)
        #expect(read.original == FileName("acme.json"))
        #expect(read.receipt.description == "20261123T100000Z-00000g40r4-acme.json.receipt.json")
    }

    @Test func `claims of one run sort in the order in which they were made`() {
        let names = (0..<2000).map { Self.claim(FileName("z.json"), sequence: $0).fileName }
        #expect(names == names.sorted())
    }

    @Test func `a name of 255 bytes is shortened so that its receipt still fits`() {
        let claim = Self.claim(FileName(String(repeating: "x", count: 250) + ".json"))
        #expect(claim.receipt.bytes.count + ".".utf8.count + ".part".utf8.count == 255)
        #expect(claim.original.hasSuffix("~.json"))
    }

    @Test(arguments: [
        "", "acme.json", "20261123T100000Z-acme.json", "20261123T100000Z-0000000000-",
    ])
    func `other names are no claims`(name: String) {
        #expect(ClaimName(FileName(name)) == nil)
    }
}
