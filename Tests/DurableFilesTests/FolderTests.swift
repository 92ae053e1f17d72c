import Foundation
import Support
import SystemPackage
import Testing

@testable import DurableFiles

struct FolderTests {
    @Test func `names are sorted by bytes and may be anything`() throws {
        let scratch = try Scratch()
        let odd = FileName(bytes: [0x61, 0xff, 0x0a])
        for name in ["b", ".c", "a", "ä"] { try scratch.write("", to: name) }
        let folder = try Folder(opening: scratch.path)
        try DraftFile(for: odd, in: folder).publish(in: folder)
        let expected = [".c", "a", "b", "ä"].map { FileName($0) } + [odd]
        #expect(try folder.names() == expected.sorted())
    }

    @Test func `an exclusive rename never replaces an entry`() throws {
        let scratch = try Scratch()
        try scratch.write("one", to: "a")
        try scratch.write("two", to: "b")
        let folder = try Folder(opening: scratch.path)
        do throws(FileSystemError) {
            try folder.renameExclusively(FileName("a"), to: folder, as: FileName("b"))
            Issue.record("an entry was replaced")
        } catch {
            #expect(error.isTaken)
        }
        #expect(try scratch.text(of: "a") == "one")
        #expect(try scratch.text(of: "b") == "two")
    }

    @Test func `names are looked up in the opened folder, whatever its path means now`() throws {
        let scratch = try Scratch()
        let path = scratch.path.appending("folder")
        let folder = try Folder.ensure(path)
        try scratch.write("one", to: "folder/a")
        let manager = FileManager.default
        try manager.moveItem(atPath: path.string, toPath: scratch.path.appending("old").string)
        try manager.createDirectory(atPath: path.string, withIntermediateDirectories: false)
        try folder.renameExclusively(FileName("a"), to: folder, as: FileName("b"))
        #expect(try scratch.names(in: "old") == ["b"])
        #expect(try scratch.names(in: "folder") == [])
    }

    @Test func `a folder is made where it is missing, and keeps its mode where it is there`() throws
    {
        let scratch = try Scratch()
        let path = scratch.path.appending("folder")
        _ = try Folder.ensure(path, permissions: .ownerReadWriteExecute)
        _ = try Folder.ensure(path, permissions: FilePermissions(rawValue: 0o777))
        #expect(try FileStatus(of: path).permissions == .ownerReadWriteExecute)
    }

    @Test func `an entry is contained even where it is a link that leads nowhere`() throws {
        let scratch = try Scratch()
        try scratch.link("broken", to: "nothing")
        let folder = try Folder(opening: scratch.path)
        #expect(try folder.contains(FileName("broken")))
        #expect(try !folder.contains(FileName("nothing")))
    }

    @Test func `only an empty folder is removed`() throws {
        let scratch = try Scratch()
        let path = scratch.path.appending("folder")
        let folder = try Folder.ensure(path)
        try scratch.write("", to: "folder/a")
        #expect(throws: FileSystemError.self) { try Folder.removeEmpty(path) }
        try folder.remove(FileName("a"))
        try Folder.removeEmpty(path)
        #expect(try scratch.names() == [])
    }
}
