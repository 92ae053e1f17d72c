import DurableFiles
import Foundation
import Support
import SystemPackage
import Testing

@testable import Spool

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
            let reading = try inbox.open(claim, maximumByteCount: 10, since: nil)
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
        guard case .stillWritten = try inbox.open(claim, maximumByteCount: 10, since: nil) else {
            Issue.record("a file that is open for writing was not waited for")
            return
        }
        try writer.close()
        guard case .opened(let drop) = try Self.read(claim, in: inbox), drop.isCertain else {
            Issue.record("a closed file was not read")
            return
        }
        #expect(try drop.piece(at: 0) == Array("[1]".utf8))
        #expect(try drop.isUnchanged())
        try scratch.write("[2]", to: ".claimed/\(claim.fileName)")
        #expect(try !drop.isUnchanged())
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
        let path = claimed.appending(claim.fileName.description).string
        let manager = FileManager.default
        func reading(_ make: () throws -> Void) throws -> DropReading {
            try? manager.removeItem(atPath: path)
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
                        atPath: path, withDestinationPath: "/etc/passwd")
                }))
        #expect(
            isOdd(
                try reading {
                    try manager.createDirectory(atPath: path, withIntermediateDirectories: false)
                }))
        #expect(isOdd(try reading { _ = mkfifo(path, 0o600) }))
        try scratch.write("{}", to: "other")
        #expect(
            isOdd(
                try reading {
                    try manager.linkItem(
                        atPath: scratch.path.appending("other").string, toPath: path)
                }))
        let large = try reading { try Data(count: 11).write(to: URL(filePath: path)) }
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
        var filings: [Inbox.Filing] = []
        for number in 1...count {
            try scratch.write("{}", to: "\(number).json")
            let claim = Self.claim("\(number).json")
            #expect(try inbox.claim(FileName("\(number).json"), as: claim))
            filings.append(.init(of: claim, receipt: Array("r".utf8), with: [], isRejected: false))
        }
        try inbox.file(Array(filings.prefix(count / 2)))
        for _ in 0..<2 { try inbox.file(filings) }
        let expected = filings.flatMap {
            [$0.claim.fileName.description, $0.claim.receipt.description]
        }
        #expect(try scratch.names(in: "accepted").sorted() == expected.sorted())
        #expect(try scratch.names(in: ".claimed") == [])
    }
}
