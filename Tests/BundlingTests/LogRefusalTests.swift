import CalendarTime
import LicenseToken
import Signatures
import Signing
import Support
import Testing
import TransparencyLog

@testable import Bundles
@testable import Bundling

/// Bundles that the vendor's key has signed, and that carry of the log what does not fit them.
struct LogRefusalTests {
    @Test(arguments: [
        (["checkpoint"], "checkpoint is missing"),
        (["licenses.tlog-proof"], "licenses.tlog-proof is missing"),
        (["checkpoint", "licenses.tlog-proof"], "checkpoint is missing"),
        (["cosigned-checkpoint"], "cosigned-checkpoint is missing"),
        (["checkpoint.consistency"], "checkpoint.consistency is missing"),
        (["checkpoint.consistency", "cosigned-checkpoint"], ""),
        (
            ["checkpoint", "checkpoint.consistency", "cosigned-checkpoint", "licenses.tlog-proof"],
            ""
        ),
    ])
    func `of files that belong together all are there, or none`(
        left: [String], reason: String
    ) throws {
        let fixture = try Fixture.logged(witness: try TestWitness("w"))
        let tar = try fixture.signedTar { left.contains($0) ? nil : $1 }
        #expect(Self.refusal(of: tar).contains(reason))
        #expect(!reason.isEmpty || Self.refusal(of: tar) == "")
    }

    /// Each change is to a file that the vendor's key has signed with all others.
    @Test(arguments: [
        ("checkpoint", "\n40\n", "\n41\n", "checkpoint is not signed by the bundle's key"),
        ("checkpoint", "/AbC", "/XbC", "checkpoint is not signed by the bundle's key"),
        ("checkpoint", "— ", "- ", "checkpoint is no signed head of a log"),
        ("licenses.tlog-proof", "index 12", "index 13", "does not show that the log has"),
        ("licenses.tlog-proof", "index 12", "index 12 ", "licenses.tlog-proof is no proof"),
        ("licenses.tlog-proof", "\nextra ", "\nother ", "licenses.tlog-proof is no proof"),
        ("licenses.tlog-proof", "\n\(TestLog.origin)", "\nother", "another head of the log than"),
        ("checkpoint.consistency", "old 9", "old 8", "does not show that the log follows"),
        ("checkpoint.consistency", "old 9", "young 9", "checkpoint.consistency is no proof"),
        ("checkpoint.consistency", "\n40\n", "\n41\n", "leads to another head"),
        ("cosigned-checkpoint", "\n9\n", "\n8\n", "is not signed by a key in jwks.json"),
        ("cosigned-checkpoint", "\n9\n", "\n41\n", "is the head of a larger log"),
        ("cosigned-checkpoint", "/AbC", "/XbC", "is the head of another log"),
    ])
    func `an altered file is refused`(
        path: String, old: String, new: String, reason: String
    ) throws {
        let fixture = try Fixture.logged(witness: try TestWitness("w"))
        var isChanged = false
        let tar = try fixture.signedTar { file, text in
            guard file == path else { return text }
            isChanged = text.contains(old)
            return text.replacing(old, with: new)
        }
        #expect(isChanged)
        let refusal = Self.refusal(of: tar)
        #expect(refusal.contains(reason), "\(refusal)")
    }

    @Test func `the evidence of another bundle of the same log and key is refused`() throws {
        let witness = try TestWitness("w")
        var fixture = try Fixture.make()
        let own = fixture.bundle.head
        fixture.bundle.head = BundleHead(
            name: BundleName(customer: "acme", run: 18), issuer: own.issuer,
            issuedAt: own.issuedAt)
        let other = try fixture.evidence(cosignedBy: witness)
        fixture.bundle.head = own
        try Self.expectRefusal(of: &fixture, carrying: other, "is for another bundle")
    }

    @Test func `an entry for other licenses, or of another time, is refused`() throws {
        var fixture = try Fixture.make()
        let (name, time) = (fixture.bundle.name, fixture.bundle.head.issuedAt)
        let tokens = fixture.bundle.licenses.map(\.tokenDigest)
        let salt = fixture.bundle.entry.salt
        let foreign = SHA256Digest(of: "foreign".utf8)
        for (entry, reason) in [
            (BundleEntry(time: time, name: name, tokens: [tokens[0]], salt: salt), "is for 1 lic"),
            (
                BundleEntry(time: time, name: name, tokens: tokens + [foreign], salt: salt),
                "is for 3 licenses, and the bundle holds 2"
            ),
            (
                BundleEntry(time: time, name: name, tokens: [tokens[0], foreign], salt: salt),
                "is for other licenses"
            ),
            (
                BundleEntry(
                    time: try Timestamp(parsing: "2026-11-22"), name: name, tokens: tokens,
                    salt: salt), "names another time than manifest.json: 2026-11-22T00:00:00Z"
            ),
        ] {
            let log = TestLog(entry.text)
            let head = try log.head(signedBy: fixture.key)
            let evidence = LogEvidence(
                checkpoint: head.bytes, proof: try log.proof(extra: entry.text, under: head))
            try Self.expectRefusal(of: &fixture, carrying: evidence, reason)
        }
    }

    @Test func `an entry that the log does not have at this place is refused`() throws {
        var fixture = try Fixture.make()
        let entry = fixture.bundle.entry.text
        let log = TestLog(entry)
        let head = try log.head(signedBy: fixture.key)
        let salted = BundleEntry(
            time: fixture.bundle.head.issuedAt, name: fixture.bundle.name,
            tokens: fixture.bundle.licenses.map(\.tokenDigest),
            salt: [UInt8](repeating: 8, count: BundleEntry.saltByteCount))
        let compact = String(decoding: entry, as: UTF8.self)
        for (proof, reason) in [
            (try log.proof(of: 13, extra: entry, under: head), "does not show that the log has"),
            (try log.proof(extra: salted.text, under: head), "does not show that the log has"),
            (try log.proof(extra: nil, under: head), "does not have the log's entry"),
            (try log.proof(extra: Array("{}".utf8), under: head), "does not have the log's entry"),
            (
                try log.proof(
                    extra: Array(compact.replacing(",", with: ", ").utf8), under: head),
                "does not have the log's entry"
            ),
        ] {
            let evidence = LogEvidence(checkpoint: head.bytes, proof: proof)
            try Self.expectRefusal(of: &fixture, carrying: evidence, reason)
        }
    }

    @Test func `the head of a log that another key has signed is refused`() throws {
        var fixture = try Fixture.make()
        let entry = fixture.bundle.entry.text
        let log = TestLog(entry)
        let head = try log.head(signedBy: SigningKey.generate())
        let evidence = LogEvidence(
            checkpoint: head.bytes, proof: try log.proof(extra: entry, under: head))
        try Self.expectRefusal(of: &fixture, carrying: evidence, "is not signed by the bundle's")
    }

    // MARK: - Older heads

    @Test func `an older head may be signed by a key that was active before`() throws {
        var fixture = try Fixture.make()
        let before = try SigningKey.generate()
        let key = before.verificationKey
        let entry = fixture.bundle.entry.text
        let log = TestLog(entry)
        let head = try log.head(signedBy: fixture.key)
        let evidence = LogEvidence(
            checkpoint: head.bytes, proof: try log.proof(extra: entry, under: head),
            cosigned: .init(
                checkpoint: try log.head(size: 9, signedBy: before).bytes,
                consistency: try log.consistency(from: 9, to: head)))
        let all = [key, fixture.key.verificationKey, try SigningKey.generate().verificationKey]
        #expect(evidence.signers(among: all) == Set(all.prefix(2).map { KeyID(of: $0) }))
        try Self.expectRefusal(of: &fixture, carrying: evidence, "not signed by a key in jwks.json")
        fixture.bundle.keys = JWKSet(fixture.bundle.keys.keys + [JWK(key)])
        fixture.bundle.head = BundleHead(fixture.bundle.head, log: evidence)
        #expect(try verify(fixture.tar()).log?.cosigned?.checkpoint.size == 9)
    }

    @Test func `an older head of a log with another history is refused`() throws {
        var fixture = try Fixture.make()
        let entry = fixture.bundle.entry.text
        let log = TestLog(entry)
        var rewritten = log
        rewritten.entries[3] = Array("rewritten".utf8)
        let head = try log.head(signedBy: fixture.key)
        let evidence = LogEvidence(
            checkpoint: head.bytes, proof: try log.proof(extra: entry, under: head),
            cosigned: .init(
                checkpoint: try rewritten.head(size: 9, signedBy: fixture.key).bytes,
                consistency: try log.consistency(from: 9, to: head)))
        try Self.expectRefusal(
            of: &fixture, carrying: evidence, "does not show that the log follows")
    }

    // MARK: - Helpers

    private static func refusal(of tar: [UInt8]) -> String {
        do throws(BundleError) {
            _ = try verify(tar)
            return ""
        } catch {
            return error.description
        }
    }

    /// By the writer before it writes, and by whoever checks what was written without it.
    private static func expectRefusal(
        of fixture: inout Fixture, carrying evidence: LogEvidence, _ reason: String
    ) throws {
        let head = fixture.bundle.head
        fixture.bundle.head = BundleHead(head, log: evidence)
        let file = try TemporaryFile()
        do throws(BundleError) {
            _ = try fixture.bundle.write(to: file.descriptor, signedBy: fixture.key)
            Issue.record("the writer took what the check refuses: \(reason)")
        } catch {
            #expect(error.description.contains(reason), "\(error)")
        }
        fixture.bundle.head = BundleHead(head, log: nil)
        let tar = try fixture.signedTar(adding: evidence.files) { $1 }
        #expect(refusal(of: tar).contains(reason), "\(refusal(of: tar))")
        fixture.bundle.head = head
    }
}
