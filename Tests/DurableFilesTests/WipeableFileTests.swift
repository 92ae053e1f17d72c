import Foundation
import Support
import SystemPackage
import Testing

@testable import DurableFiles

struct WipeableFileTests {
    /// Through a second link, since the content must go even where the name has gone already.
    @Test func `nothing of the content remains`() throws {
        let scratch = try Scratch()
        try scratch.write("a secret", to: "key")
        try FileManager.default.linkItem(
            atPath: scratch.path.appending("key").string,
            toPath: scratch.path.appending("other").string)
        let folder = try Folder(opening: scratch.path)
        let file = try WipeableFile(FileName("key"), in: folder)
        try folder.remove(FileName("key"))
        try file.wipe()
        #expect(try scratch.text(of: "other") == String(repeating: "\0", count: 8))
    }

    @Test func `nothing is wiped through a link`() throws {
        let scratch = try Scratch()
        try scratch.write("elsewhere", to: "victim")
        try scratch.link("key", to: "victim")
        let folder = try Folder(opening: scratch.path)
        #expect(throws: FileSystemError.self) {
            try WipeableFile(FileName("key"), in: folder).wipe()
        }
        #expect(try scratch.text(of: "victim") == "elsewhere")
    }
}
