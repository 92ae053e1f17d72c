import Support
import Testing
import TransparencyLog

@testable import Bundles
@testable import Bundling

/// What a bundle carries of the vendor's log.
struct LogEvidenceTests {
    private static let logFiles = [
        "checkpoint", "checkpoint.consistency", "cosigned-checkpoint", "licenses.tlog-proof",
    ]

    @Test func `a bundle says where it is in the log, and who has cosigned it`() throws {
        let witness = try TestWitness("witness.example")
        let fixture = try Fixture.logged(witness: witness)
        let bundle = try verify(fixture.tar())
        let log = try #require(bundle.log)
        #expect(log.origin == TestLog.origin)
        #expect((log.index, log.size) == (12, 40))
        #expect(log.claimedCosigners == ["witness.example"])
        let cosignature = try #require(log.cosignature(by: witness.verifier))
        #expect(cosignature == (9, 1_000_000))
        let stranger = try TestWitness("witness.example")
        #expect(log.cosignature(by: stranger.verifier) == nil)
    }

    @Test func `a cosignature of the bundle's own checkpoint counts before an older one`() throws {
        let witness = try TestWitness("witness.example")
        var fixture = try Fixture.logged(witness: witness)
        let entry = fixture.bundle.entry.text
        let log = TestLog(entry)
        let head = try witness.cosigning(log.head(signedBy: fixture.key), at: 2_000_000)
        let evidence = LogEvidence(
            checkpoint: head.bytes, proof: try log.proof(extra: entry, under: head))
        fixture.bundle.head = BundleHead(fixture.bundle.head, log: evidence)
        let facts = try #require(try verify(fixture.tar()).log)
        #expect(try #require(facts.cosignature(by: witness.verifier)) == (40, 2_000_000))
        #expect(facts.cosigned == nil)
        #expect(try !Self.readme(of: fixture.tar()).contains("cosigned-checkpoint"))
    }

    @Test(arguments: [[], ["A"], ["A", "B", "a", "日"]])
    func `the files of the log stand among the others by the bytes of their paths`(
        names: [String]
    ) throws {
        let fixture = try Fixture.logged(names: names, witness: try TestWitness("w"))
        let tar = try fixture.tar()
        #expect(try fixture.tar() == tar)
        let paths = RawTar(tar).entries.map { String($0.path.dropFirst("acme-000017/".count)) }
        #expect(Set(Self.logFiles).isSubset(of: paths))
        #expect(paths == paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        #expect(try verify(tar).log?.index == 12)
    }

    @Test func `a bundle without a log is sound, and its readme says nothing of one`() throws {
        let tar = try Fixture.make().tar()
        #expect(try verify(tar).log == nil)
        #expect(try !Self.readme(of: tar).contains("checkpoint"))
    }

    @Test func `the readme says what the files are for, and why a log was begun anew`() throws {
        let witness = try TestWitness("w")
        let plain = try Self.readme(of: Fixture.logged(witness: witness).tar())
        #expect(plain.contains("licenses.tlog-proof shows that the licenses here are in it."))
        #expect(plain.contains("The file cosigned-checkpoint is an older head"))
        #expect(!plain.contains("anew"))
        let note =
            "The vendor's log was begun anew on 2027-01-02: the disk of the station was lost with "
            + "its backups. Checkpoints from before have the origin example.com/AbCdEfGhIjK."
        let forked = try Self.readme(of: Fixture.logged(forkNote: note, witness: witness).tar())
        #expect(forked.replacing("\n", with: " ").contains(note))
        let lines = forked.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.hasPrefix("The vendor's log was") })
        #expect(lines[start - 1].isEmpty)
        #expect(lines[start...].prefix { !$0.isEmpty }.allSatisfy { $0.count < 80 })
    }

    private static func readme(of tar: [UInt8]) throws -> String {
        let raw = RawTar(tar)
        let place = try #require(raw.index(of: "README.txt"))
        return String(decoding: raw.entries[place].content, as: UTF8.self)
    }
}
