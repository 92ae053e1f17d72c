import Foundation
import Support
import SystemPackage
import Testing

@testable import DurableFiles

struct FileStatusTests {
    @Test func `each kind of file is told from the others`() throws {
        let scratch = try Scratch()
        try scratch.write("{}", to: "file")
        try scratch.link("link", to: "file")
        #expect(mkfifo(scratch.path.appending("pipe").string, 0o600) == 0)
        let folder = try Folder(opening: scratch.path)
        #expect(try folder.status(of: FileName("file")).kind == .regular)
        #expect(try folder.status(of: FileName("link")).kind == .symbolicLink)
        #expect(try folder.status(of: FileName("pipe")).kind == .namedPipe)
        #expect(try FileStatus(of: scratch.path).kind == .folder)
        #expect(try FileStatus(of: "/dev/null").kind == .device)
    }

    @Test func `a link is followed only where that is asked for`() throws {
        let scratch = try Scratch()
        try scratch.write("{}", to: "file")
        try scratch.link("link", to: "file")
        let link = scratch.path.appending("link")
        let file = try FileStatus(of: scratch.path.appending("file"))
        #expect(try FileStatus(of: link).isSameFile(as: file))
        #expect(try FileStatus(of: link, followingLinks: false).kind == .symbolicLink)
    }

    @Test func `path, entry and open file show the same`() throws {
        let scratch = try Scratch()
        try scratch.write("four", to: "file")
        let path = scratch.path.appending("file")
        let status = try FileStatus(of: path)
        #expect(status.size == 4)
        #expect(status.linkCount == 1)
        #expect(status.isOwnedByThisUser)
        let folder = try Folder(opening: scratch.path)
        #expect(try folder.status(of: FileName("file")) == status)
        #expect(try ReadableFile(opening: path).status() == status)
    }

    @Test func `a write of the same length changes the status, and a look does not`() throws {
        let scratch = try Scratch()
        try scratch.write("old", to: "file")
        let path = scratch.path.appending("file")
        let before = try FileStatus(of: path)
        _ = try ReadableFile(opening: path).read(upTo: 10)
        #expect(try FileStatus(of: path) == before)
        usleep(20_000)
        let handle = try FileHandle(forWritingTo: URL(filePath: path.string))
        try handle.write(contentsOf: Data("new".utf8))
        try handle.close()
        let after = try FileStatus(of: path)
        #expect(after != before)
        #expect(after.isSameFile(as: before))
    }

    @Test(arguments: [
        (0o600, true), (0o700, true), (0o640, false), (0o604, false), (0o610, false),
    ])
    func `a file is private where group and others have no right`(
        mode: Int, isPrivate: Bool
    ) throws {
        let scratch = try Scratch()
        try scratch.write("", to: "file")
        let path = scratch.path.appending("file")
        try FileManager.default.setAttributes(
            [.posixPermissions: mode], ofItemAtPath: path.string)
        #expect(try FileStatus(of: path).isPrivate == isPrivate)
    }

    @Test func `what is missing is said to be missing`() throws {
        let scratch = try Scratch()
        let path = scratch.path.appending("nothing")
        try scratch.link("broken", to: "nothing")
        #expect(!FileStatus.isFound(at: path))
        #expect(!FileStatus.isFound(at: scratch.path.appending("broken")))
        #expect(FileStatus.isFound(at: scratch.path))
        do throws(FileSystemError) {
            _ = try FileStatus(of: path)
            Issue.record("something was found")
        } catch {
            #expect(error.isMissing)
            #expect(error.description == "cannot inspect \(path): there is no such file or folder")
        }
    }
}
