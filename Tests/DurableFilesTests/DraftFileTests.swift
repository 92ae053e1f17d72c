import Glibc
import Support
import SystemPackage
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

    @Test func `a draft takes the place of a link and leaves what that leads to`() throws {
        let scratch = try Scratch()
        try scratch.write("precious", to: "other")
        try scratch.link(".a.part", to: "other")
        let folder = try Folder(opening: scratch.path)
        let draft = try DraftFile(for: Self.name, in: folder)
        try draft.write(Array("new".utf8))
        try draft.publish(in: folder)
        #expect(try scratch.text(of: "other") == "precious")
        #expect(try folder.status(of: Self.name).isRegular)
    }

    @Test func `what was written is read back from its beginning`() throws {
        let scratch = try Scratch()
        let folder = try Folder(opening: scratch.path)
        let draft = try DraftFile(for: Self.name, in: folder)
        let written = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        try draft.write(written)
        var read: [UInt8] = []
        let file = try ReadableFile(opening: draft.draftPath)
        try file.forEachPiece { read.append(contentsOf: $0) }
        #expect(read == written)
    }

    @Test func `a link in the draft's place is replaced and what it leads to stays`() throws {
        let scratch = try Scratch()
        try scratch.write("precious", to: "other")
        #expect(
            link(scratch.path.appending("other").string, scratch.path.appending(".a.part").string)
                == 0)
        let folder = try Folder(opening: scratch.path)
        let draft = try DraftFile(for: FileName("a"), in: folder)
        try draft.write(Array("new".utf8))
        try draft.publish(in: folder)
        #expect(try scratch.text(of: "other") == "precious")
        #expect(try scratch.text(of: "a") == "new")
    }

    @Test(.needsRoot("the draft belongs to another user"))
    func `another user's draft is replaced by one of this user's`() throws {
        let scratch = try Scratch()
        try scratch.write("old", to: ".a.part")
        #expect(chown(scratch.path.appending(".a.part").string, 12345, 12345) == 0)
        let folder = try Folder(opening: scratch.path)
        let draft = try DraftFile(for: FileName("a"), in: folder)
        try draft.publish(in: folder)
        #expect(try folder.status(of: FileName("a")).isOwnedByThisUser)
    }
}
