import Testing

@testable import Tar

struct TarHeaderTests {
    @Test(arguments: [TarHeader.Access.everybody, .owner], [TarHeader.Kind.file, .folder])
    func `a header reads back as it was written, and only for whom it was written`(
        access: TarHeader.Access, kind: TarHeader.Kind
    ) throws {
        let header = TarHeader(
            path: kind == .file ? "a/b" : "a/", kind: kind, size: kind == .file ? 513 : 0,
            time: 1_796_112_000, access: access)
        let block = try #require(header.encoded())
        #expect(block.count == TarHeader.byteCount)
        #expect(try TarHeader(parsing: block, access: access) == header)
        let other: TarHeader.Access = access == .owner ? .everybody : .owner
        #expect(throws: TarError.self) { try TarHeader(parsing: block, access: other) }
    }

    @Test func `no bit of a header can change unseen`() throws {
        let header = TarHeader(
            path: "station/keys/", kind: .folder, size: 0, time: 1, access: .owner)
        let block = try #require(header.encoded())
        for offset in block.indices {
            var changed = block
            changed[offset] ^= 1 << (offset % 8)
            let read = try? TarHeader(parsing: changed, access: .owner)
            #expect(read != header, "byte \(offset)")
        }
    }

    @Test(arguments: [
        TarHeader.maximumFileByteCount + 1, -1,
    ]) func `a size without room is refused`(size: Int64) {
        #expect(TarHeader(path: "a", kind: .file, size: size, time: 1).encoded() == nil)
    }

    @Test(arguments: [(0, 0), (1, 511), (511, 1), (512, 0), (513, 511)] as [(Int64, Int)])
    func `a file is padded to a whole block`(size: Int64, padding: Int) {
        #expect(TarHeader.paddingByteCount(behind: size) == padding)
    }

    @Test(arguments: [(0, 10_240), (9_216, 1_024), (9_728, 10_752)] as [(Int64, Int)])
    func `a tar ends with two empty blocks, on a whole record`(entries: Int64, end: Int) {
        #expect(TarHeader.endByteCount(behind: entries) == end)
    }
}
