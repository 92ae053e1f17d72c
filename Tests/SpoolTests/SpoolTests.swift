import DurableFiles
import Foundation
import SystemPackage
import Testing

@testable import Spool

/// A folder that goes with the value.
final class Scratch {
    let path: FilePath

    init() throws {
        path = FilePath(NSTemporaryDirectory()).appending("spool-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            atPath: path.string, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path.string)
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path.appending(name).string))
    }

    func names(in folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path.appending(folder).string).sorted()
    }
}

struct FileNameTests {
    @Test(arguments: [
        (Array("acme.json".utf8), "acme.json"), (Array("Ä b.json".utf8), "Ä b.json"),
        ([0x61, 0x0a, 0x62], "a\\x0ab"), ([0x61, 0x1b, 0x5b], "a\\x1b["), ([0x5c], "\\x5c"),
        ([0x61, 0xff, 0x62], "a\\xff\\x62"), ([0xc2, 0x85], "\\xc2\\x85"),
    ])
    func `any name is shown on one line of plain text`(bytes: [UInt8], shown: String) {
        #expect(FileName(bytes: bytes).description == shown)
    }
}

struct ClaimNameTests {
    private static func claim(_ original: FileName, sequence: Int = 0) -> ClaimName {
        ClaimName(
            time: "20261123T100000Z", sequence: sequence, random: [1, 2, 3, 4], original: original)
    }

    @Test func `a claim is time, id and name, and gives the name back`() throws {
        let claim = Self.claim(FileName("acme.json"))
        #expect(claim.fileName.description == "20261123T100000Z-00000g40r4-acme.json")
        let read = try #require(ClaimName(claim.fileName))
        #expect(read == claim)
        #expect(read.original == FileName("acme.json"))
        #expect(read.receipt.description == "20261123T100000Z-00000g40r4-acme.json.receipt.json")
    }

    @Test func `claims of one run sort in the order in which they were made`() {
        let names = (0..<2000).map { Self.claim(FileName("z.json"), sequence: $0).fileName }
        #expect(names == names.sorted())
    }

    @Test func `a name of 255 bytes is shortened so that its receipt still fits`() {
        let claim = Self.claim(FileName(String(repeating: "x", count: 250) + ".json"))
        #expect(claim.receipt.bytes.count + ".".utf8.count + ".part".utf8.count == 255)
        #expect(claim.original.hasSuffix("~.json"))
    }

    @Test(arguments: [
        "", "acme.json", "20261123T100000Z-acme.json", "20261123T100000Z-0000000000-",
    ])
    func `other names are no claims`(name: String) {
        #expect(ClaimName(FileName(name)) == nil)
    }
}

struct DraftFileTests {
    @Test func `a draft appears under its name only when it is published`() throws {
        let scratch = try Scratch()
        let folder = try Folder(opening: scratch.path)
        let draft = try DraftFile(for: FileName("a"), in: folder)
        try draft.write(Array("one".utf8))
        #expect(try scratch.names() == [".a.part"])
        try draft.publish(in: folder)
        #expect(try scratch.names() == ["a"])
    }

    @Test func `a taken name stays as it is and no draft remains`() throws {
        let scratch = try Scratch()
        try scratch.write("old", to: "a")
        let folder = try Folder(opening: scratch.path)
        let draft = try DraftFile(for: FileName("a"), in: folder)
        try draft.write(Array("new".utf8))
        do throws(FileSystemError) {
            try draft.publish(in: folder)
            Issue.record("the name was taken over")
        } catch {
            #expect(error.isTaken)
        }
        #expect(try scratch.names() == ["a"])
        #expect(
            try String(contentsOfFile: scratch.path.appending("a").string, encoding: .utf8) == "old"
        )
    }
}

struct StationLockTests {
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

    /// Tried again for a while: a process that another test is just starting holds the lock too,
    /// from its fork to its exec.
    private func isFree(_ path: FilePath) throws -> Bool {
        for _ in 0..<200 {
            switch try FileLock.take(at: path) {
            case .some: return true
            case .none: usleep(10_000)
            }
        }
        return false
    }
}

struct InboxTests {
    private static func claim(_ name: String) -> ClaimName {
        ClaimName(
            time: "20261123T100000Z", sequence: 0, random: [0, 0, 0, 0], original: FileName(name))
    }

    /// Reads once nobody has the file open for writing: for a moment, a process that another test
    /// is just starting may have.
    private static func read(
        _ claim: ClaimName, in inbox: borrowing Inbox
    ) throws -> DropReading {
        for _ in 0..<200 {
            let reading = try inbox.read(claim, maximumByteCount: 10, since: nil)
            guard case .stillWritten = reading else { return reading }
            usleep(10_000)
        }
        return .stillWritten
    }

    @Test func `drops end in json and work in progress is left alone`() throws {
        let scratch = try Scratch()
        for name in ["b.json", "a.json", ".c.json", "d.json.tmp", "e.part", "notes.txt"] {
            try scratch.write("{}", to: name)
        }
        let listing = try Inbox.open(at: scratch.path).list()
        #expect(listing.drops.map(\.description) == ["a.json", "b.json"])
        #expect(listing.unrecognizedFiles.map(\.description) == ["notes.txt"])
    }

    @Test func `a claimed drop is read once nobody writes it`() throws {
        let scratch = try Scratch()
        let inbox = try Inbox.open(at: scratch.path)
        try scratch.write("[1]", to: "a.json")
        let writer = try FileHandle(
            forWritingTo: URL(filePath: scratch.path.appending("a.json").string))
        let claim = Self.claim("a.json")
        #expect(try inbox.claim(FileName("a.json"), as: claim))
        guard case .stillWritten = try inbox.read(claim, maximumByteCount: 10, since: nil) else {
            Issue.record("a file that is open for writing was not waited for")
            return
        }
        try writer.close()
        guard case .content(let bytes, isCertain: true) = try Self.read(claim, in: inbox) else {
            Issue.record("a closed file was not read")
            return
        }
        #expect(bytes == Array("[1]".utf8))
    }

    @Test func `a drop that has gone is not claimed`() throws {
        let scratch = try Scratch()
        let inbox = try Inbox.open(at: scratch.path)
        #expect(try !inbox.claim(FileName("a.json"), as: Self.claim("a.json")))
    }

    @Test func `what is no plain file of its own, or too large, is not read`() throws {
        let scratch = try Scratch()
        let inbox = try Inbox.open(at: scratch.path)
        let claimed = scratch.path.appending(".claimed")
        let claim = Self.claim("x.json")
        let place = claimed.appending(claim.fileName.description).string
        let manager = FileManager.default
        func reading(_ make: () throws -> Void) throws -> DropReading {
            try? manager.removeItem(atPath: place)
            try make()
            return try Self.read(claim, in: inbox)
        }
        func isOdd(_ reading: DropReading) -> Bool {
            if case .notARegularFile = reading { true } else { false }
        }
        #expect(
            isOdd(
                try reading {
                    try manager.createSymbolicLink(
                        atPath: place, withDestinationPath: "/etc/passwd")
                }))
        #expect(
            isOdd(
                try reading {
                    try manager.createDirectory(atPath: place, withIntermediateDirectories: false)
                }))
        #expect(isOdd(try reading { _ = mkfifo(place, 0o600) }))
        try scratch.write("{}", to: "other")
        #expect(
            isOdd(
                try reading {
                    try manager.linkItem(
                        atPath: scratch.path.appending("other").string, toPath: place)
                }))
        let large = try reading { try Data(count: 11).write(to: URL(filePath: place)) }
        guard case .tooLarge = large else {
            Issue.record("a file over the limit was read")
            return
        }
    }

    /// A few are flushed one by one, many together.
    @Test(arguments: [1, 20])
    func `settling may be repeated after being cut off`(count: Int) throws {
        let scratch = try Scratch()
        let inbox = try Inbox.open(at: scratch.path)
        var settlements: [Inbox.Settlement] = []
        for number in 1...count {
            try scratch.write("{}", to: "\(number).json")
            let claim = Self.claim("\(number).json")
            #expect(try inbox.claim(FileName("\(number).json"), as: claim))
            settlements.append(.init(of: claim, receipt: Array("r".utf8), isRejected: false))
        }
        try inbox.settle(Array(settlements.prefix(count / 2)))
        for _ in 0..<2 { try inbox.settle(settlements) }
        let expected = settlements.flatMap {
            [$0.claim.fileName.description, $0.claim.receipt.description]
        }
        #expect(try scratch.names(in: "accepted").sorted() == expected.sorted())
        #expect(try scratch.names(in: ".claimed") == [])
    }
}
