import Foundation
import Support
import SystemPackage
import Testing

@testable import DurableFiles

struct ReadableFileTests {
    @Test func `no more than the limit is read`() throws {
        let scratch = try Scratch()
        try scratch.write("0123456789", to: "file")
        let file = try ReadableFile(opening: scratch.path.appending("file"))
        #expect(try file.read(upTo: 4) == Array("0123".utf8))
        #expect(try file.read(upTo: .max) == Array("0123456789".utf8))
    }

    @Test func `a regular file is demanded and a link, a folder and a pipe are refused`() throws {
        let scratch = try Scratch()
        try scratch.write("{}", to: "file")
        try scratch.link("link", to: "file")
        #expect(mkfifo(scratch.path.appending("pipe").string, 0o600) == 0)
        _ = try Folder.ensure(scratch.path.appending("folder"))
        _ = try ReadableFile.regular(at: scratch.path.appending("file"))
        for name in ["link", "pipe", "folder", "missing"] {
            #expect(throws: FileSystemError.self) {
                _ = try ReadableFile.regular(at: scratch.path.appending(name))
            }
        }
    }

    @Test func `a pipe is read once and its content as often as need be`() throws {
        let scratch = try Scratch()
        let path = scratch.path.appending("pipe")
        #expect(mkfifo(path.string, 0o600) == 0)
        Thread.detachNewThread {
            let writer = try? FileHandle(forWritingTo: URL(filePath: path.string))
            try? writer?.write(contentsOf: Data("once".utf8))
        }
        let file = try ReadableFile.rereadable(at: path, limit: 10)
        for _ in 0..<2 { #expect(try file.read(upTo: 10) == Array("once".utf8)) }
    }

    @Test func `memory of the caller's is filled no further than the file goes`() throws {
        let scratch = try Scratch()
        try scratch.write("abc", to: "file")
        var memory = [UInt8](repeating: 0x2e, count: 5)
        let file = try ReadableFile(opening: scratch.path.appending("file"))
        let count = try memory.withUnsafeMutableBytes { try file.fill($0) }
        #expect(count == 3)
        #expect(memory == Array("abc..".utf8))
    }

    @Test func `a writer is seen until it closes the file`() throws {
        let scratch = try Scratch()
        try scratch.write("", to: "file")
        let path = scratch.path.appending("file")
        let file = try ReadableFile(opening: path)
        let writer = try FileHandle(forWritingTo: URL(filePath: path.string))
        #expect(file.writerPresence() == .some)
        try writer.close()
        // A process that another test is just starting has the file open too, until its exec.
        for _ in 0..<200 where file.writerPresence() == .some { usleep(10_000) }
        #expect(file.writerPresence() == .none)
    }
}
