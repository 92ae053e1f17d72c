import Foundation
import Support
import SystemPackage
import Testing

@testable import DurableFiles

struct FolderWatchTests {
    /// Longer than any machine takes: a wake that does not come fails the test by its answer.
    private static let patience: Int32 = 60_000

    @Test func `a new entry wakes the wait, even where it came before`() throws {
        let scratch = try Scratch()
        let watch = try FolderWatch(on: scratch.path, for: .arrivals)
        try scratch.write("", to: "a")
        #expect(try watch.wait(milliseconds: Self.patience, or: StopRequest()) == .changed)
    }

    @Test func `nothing is no change`() throws {
        let scratch = try Scratch()
        let watch = try FolderWatch(on: scratch.path, for: .arrivals)
        #expect(try watch.wait(milliseconds: 1, or: StopRequest()) == .timeout)
    }

    @Test func `where finished writes alone are of interest, an entry that moves in is not`() throws
    {
        let scratch = try Scratch()
        try scratch.write("", to: "a")
        let path = scratch.path.appending("folder")
        _ = try Folder.ensure(path)
        let watch = try FolderWatch(on: path, for: .finishedWrites)
        try FileManager.default.moveItem(
            atPath: scratch.path.appending("a").string, toPath: path.appending("a").string)
        #expect(try watch.wait(milliseconds: 1, or: StopRequest()) == .timeout)
        try FileHandle(forWritingTo: URL(filePath: path.appending("a").string)).close()
        #expect(try watch.wait(milliseconds: Self.patience, or: StopRequest()) == .changed)
    }

    @Test func `a folder that is moved away ends its watch`() throws {
        let scratch = try Scratch()
        let path = scratch.path.appending("folder")
        _ = try Folder.ensure(path)
        let watch = try FolderWatch(on: path, for: .arrivals)
        try FileManager.default.moveItem(
            atPath: path.string, toPath: scratch.path.appending("old").string)
        #expect(try watch.wait(milliseconds: Self.patience, or: StopRequest()) == .folderGone)
    }

    @Test func `a request to stop wakes the wait of another thread`() throws {
        let scratch = try Scratch()
        let watch = try FolderWatch(on: scratch.path, for: .arrivals)
        let stop = try StopRequest()
        #expect(!stop.wasMade)
        Thread.detachNewThread { stop.make() }
        #expect(watch.wait(milliseconds: Self.patience, or: stop) == .stopRequested)
        #expect(stop.wasMade)
    }

    @Test func `what is no folder cannot be watched`() throws {
        let scratch = try Scratch()
        try scratch.write("", to: "a")
        #expect(throws: FileSystemError.self) {
            _ = try FolderWatch(on: scratch.path.appending("a"), for: .arrivals)
        }
    }
}
