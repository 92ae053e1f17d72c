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
        #expect(try becomesFree(path))
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
        #expect(try becomesFree(path))
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

    /// Tried again for a while: a process that another test is just starting holds the lock too,
    /// from its fork to its exec.
    private func becomesFree(_ path: FilePath) throws -> Bool {
        for _ in 0..<200 {
            if try isFree(path) { return true }
            usleep(10_000)
        }
        return false
    }
}
