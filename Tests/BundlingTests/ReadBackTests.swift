import CalendarTime
import Glibc
import Signatures
import Testing

@testable import Bundles
@testable import Bundling

/// What is read back after it was written is compared to the last bit.
struct ReadBackTests {
    private static let first = Array("one".utf8)
    private static let second = [UInt8](repeating: 7, count: 600)

    @Test func `a tar reads back as it was written`() throws {
        let file = try TemporaryFile()
        let frame = try Self.write(to: file)
        #expect(try Self.differs(file, frame) == false)
    }

    @Test func `no bit of a tar can change unseen between writing and reading back`() throws {
        let file = try TemporaryFile()
        let frame = try Self.write(to: file)
        let written = file.bytes()
        for (offset, byte) in written.enumerated() {
            var changed = byte ^ (1 << (offset % 8))
            pwrite(file.descriptor, &changed, 1, off_t(offset))
            #expect(try Self.differs(file, frame), "byte \(offset)")
            var original = byte
            pwrite(file.descriptor, &original, 1, off_t(offset))
        }
    }

    @Test func `a tar that lost or gained a block does not read back`() throws {
        for change in [-512, 512] {
            let file = try TemporaryFile()
            let frame = try Self.write(to: file)
            ftruncate(file.descriptor, off_t(Int(frame.byteCount) + change))
            #expect(try Self.differs(file, frame))
        }
    }

    @Test func `a room takes exactly what it was made for`() throws {
        let file = try TemporaryFile()
        var archive = ArchiveWriter(descriptor: file.descriptor, time: try Self.time())
        let room = try archive.addRoom(Array("a".utf8), byteCount: 3)
        #expect(throws: BundleError.self) { try archive.fill(room, [1, 2]) }
    }

    private static func time() throws -> Timestamp {
        try #require(Timestamp(secondsSinceEpoch: 1_000_000))
    }

    private static func write(to file: TemporaryFile) throws -> ArchiveWriter.Frame {
        var archive = ArchiveWriter(descriptor: file.descriptor, time: try time())
        try archive.addFolder(Array("a/".utf8))
        let room = try archive.addRoom(Array("a/b".utf8), byteCount: first.count)
        try archive.addFile(Array("a/c".utf8), second)
        try archive.fill(room, first)
        return try archive.finish()
    }

    /// Whether anything shows that the file is another one.
    private static func differs(
        _ file: TemporaryFile, _ frame: ArchiveWriter.Frame
    ) throws -> Bool {
        do throws(BundleError) {
            var readBack = ArchiveReadBack(
                OpenedFile(descriptor: file.descriptor), byteCount: frame.byteCount)
            var digests: [SHA256Digest] = []
            while let next = try readBack.nextFile() { digests.append(next.digest) }
            let whole = try readBack.finish(comparing: frame)
            #expect(whole == SHA256Digest(of: file.bytes()))
            return digests != [SHA256Digest(of: first), SHA256Digest(of: second)]
        } catch {
            return true
        }
    }
}
