import Support
import Testing

@testable import DurableFiles

struct DraftFileTests {
    private static let name = FileName("a")

    @Test func `a draft appears under its name only when it is published`() throws {
        let scratch = try Scratch()
        let folder = try Folder(opening: scratch.path)
        let draft = try DraftFile(for: Self.name, in: folder)
        try draft.write(Array("one".utf8))
        #expect(try scratch.names() == [".a.part"])
        try draft.publish(in: folder)
        #expect(try scratch.names() == ["a"])
        #expect(try scratch.text(of: "a") == "one")
    }

    @Test func `a taken name stays as it is and no draft remains`() throws {
        let scratch = try Scratch()
        try scratch.write("old", to: "a")
        let folder = try Folder(opening: scratch.path)
        let draft = try DraftFile(for: Self.name, in: folder)
        try draft.write(Array("new".utf8))
        do throws(FileSystemError) {
            try draft.publish(in: folder)
            Issue.record("the name was taken over")
        } catch {
            #expect(error.isTaken)
        }
        #expect(try scratch.names() == ["a"])
        #expect(try scratch.text(of: "a") == "old")
    }

    @Test func `a draft replaces a file only when told to`() throws {
        let scratch = try Scratch()
        try scratch.write("old", to: "a")
        let folder = try Folder(opening: scratch.path)
        let draft = try DraftFile(for: Self.name, in: folder)
        try draft.write(Array("new".utf8))
        try draft.publishReplacing(in: folder)
        #expect(try scratch.names() == ["a"])
        #expect(try scratch.text(of: "a") == "new")
    }

    @Test func `a discarded draft leaves the name as it was`() throws {
        let scratch = try Scratch()
        try scratch.write("old", to: "a")
        let folder = try Folder(opening: scratch.path)
        let draft = try DraftFile(for: Self.name, in: folder)
        try draft.discard(in: folder)
        #expect(try scratch.names() == ["a"])
        #expect(try scratch.text(of: "a") == "old")
    }

    @Test func `a draft that a crash left is overwritten whole`() throws {
        let scratch = try Scratch()
        try scratch.write("left by a crash", to: ".a.part")
        let folder = try Folder(opening: scratch.path)
        let draft = try DraftFile(for: Self.name, in: folder)
        try draft.write(Array("new".utf8))
        try draft.publish(in: folder)
        #expect(try scratch.text(of: "a") == "new")
    }

    @Test func `a draft is not written through a link`() throws {
        let scratch = try Scratch()
        try scratch.write("elsewhere", to: "victim")
        try scratch.link(".a.part", to: "victim")
        let folder = try Folder(opening: scratch.path)
        #expect(throws: FileSystemError.self) { _ = try DraftFile(for: Self.name, in: folder) }
        #expect(try scratch.text(of: "victim") == "elsewhere")
    }

    @Test func `what was written is read back from its beginning`() throws {
        let scratch = try Scratch()
        let folder = try Folder(opening: scratch.path)
        let draft = try DraftFile(for: Self.name, in: folder)
        let written = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        try draft.write(written)
        var read: [UInt8] = []
        try draft.readBack { read.append(contentsOf: $0) }
        #expect(read == written)
    }
}
