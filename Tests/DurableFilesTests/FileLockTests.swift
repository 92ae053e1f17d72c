import Foundation
import Subprocess
import Support
import SystemPackage
import Testing

@testable import DurableFiles

struct FileLockTests {
    @Test func `the lock is had once at a time`() throws {
        let scratch = try Scratch()
        let path = scratch.path.appending("lock")
        do {
            let held = try FileLock.take(at: path)
            #expect(try !isFree(path))
            withExtendedLifetime(held) {}
        }
        #expect(try isFree(path))
    }

    @Test func `another process is kept out, and its end gives the lock back`() async throws {
        let scratch = try Scratch()
        let path = scratch.path.appending("lock")
        let other = try await Subprocess.run(
            .name("flock"), arguments: ["--nonblock", path.string, "true"], output: .discarded)
        #expect(other.terminationStatus.isSuccess)
        do {
            let held = try FileLock.take(at: path)
            let other = try await Subprocess.run(
                .name("flock"), arguments: ["--nonblock", path.string, "true"], output: .discarded)
            #expect(!other.terminationStatus.isSuccess)
            withExtendedLifetime(held) {}
        }
        #expect(try isFree(path))
    }

    @Test func `a lock is given back although a process that is being started has its file open`()
        throws
    {
        let scratch = try Scratch()
        let path = scratch.path.appending("lock")
        var copy: Int32 = -1
        do {
            let held = try FileLock.take(at: path)
            // From its fork to its exec a process has a copy of every descriptor.
            copy = dup(try #require(try Self.descriptor(of: path)))
            withExtendedLifetime(held) {}
        }
        defer { close(copy) }
        #expect(try isFree(path))
    }

    /// Of a file that this process has open.
    private static func descriptor(of path: FilePath) throws -> Int32? {
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        return open.compactMap(Int32.init).first { descriptor in
            // What is no link is thrown away: it is closed by now.
            let target = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/fd/\(descriptor)")
            return target == path.string
        }
    }

    @Test func `a link is not taken for the lock's file`() throws {
        let scratch = try Scratch()
        try scratch.link("lock", to: "elsewhere")
        #expect(throws: FileSystemError.self) {
            _ = try FileLock.take(at: scratch.path.appending("lock"))
        }
        #expect(try scratch.names() == ["lock"])
    }

    private func isFree(_ path: FilePath) throws -> Bool {
        switch try FileLock.take(at: path) {
        case .some: true
        case .none: false
        }
    }
}
