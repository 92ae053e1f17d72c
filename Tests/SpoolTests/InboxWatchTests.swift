import DurableFiles
import Foundation
import Support
import SystemPackage
import Testing

@testable import Spool

struct InboxWatchTests {
    /// Longer than any machine takes: a wake that does not come fails the test by its answer.
    private static let seconds = 60.0

    private static func watch(of scratch: Scratch) throws -> InboxWatch {
        _ = try Inbox.open(at: scratch.path)
        return try InboxWatch(at: scratch.path)
    }

    @Test func `a drop wakes the watch`() throws {
        let scratch = try Scratch()
        let watch = try Self.watch(of: scratch)
        try scratch.write("{}", to: "a.json")
        #expect(try watch.wait(seconds: Self.seconds, or: StopRequest()) == .changed)
    }

    @Test func `the writer of a claimed drop wakes the watch when it closes it`() throws {
        let scratch = try Scratch()
        let watch = try Self.watch(of: scratch)
        try scratch.write("{}", to: ".claimed/a.json")
        #expect(try watch.wait(seconds: Self.seconds, or: StopRequest()) == .changed)
    }

    @Test func `an inbox that was made anew is not the one that is watched`() throws {
        let scratch = try Scratch()
        let inbox = scratch.path.appending("inbox")
        let manager = FileManager.default
        try manager.createDirectory(atPath: inbox.string, withIntermediateDirectories: false)
        _ = try Inbox.open(at: inbox)
        let watch = try InboxWatch(at: inbox)
        let atFirst = watch.isCurrent
        try manager.moveItem(atPath: inbox.string, toPath: scratch.path.appending("old").string)
        let afterMove = watch.isCurrent
        try manager.createDirectory(atPath: inbox.string, withIntermediateDirectories: false)
        let afterRemaking = watch.isCurrent
        #expect([atFirst, afterMove, afterRemaking] == [true, false, false])
    }
}
