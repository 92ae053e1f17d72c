import CalendarTime
import Console
import Failures
import Foundation
import Signing
import StrictJSON
import Testing
import TransparencyLog
import Verification

@testable import Bundles
@testable import Bundling

/// `verify --witness`, for bundles that carry cosignatures and bundles that do not.
struct WitnessTests {
    private static func verdict(
        on tar: [UInt8], _ witnesses: [String]
    ) throws -> (isValid: Bool, lines: [String], json: String) {
        let path = NSTemporaryDirectory() + "\(UUID()).tar"
        try Data(tar).write(to: URL(filePath: path))
        defer { unlink(path) }
        let now = try Timestamp(parsing: "2026-12-01")
        let verdict = try Verification(publicKeyFile: nil, witnesses: witnesses, now: now)
            .verify(path)
        return (
            verdict.isValid, verdict.lines.map { $0.replacing(path, with: "x.tar") },
            verdict.json.compactText
        )
    }

    @Test func `a witness whose key is given has cosigned, and when is said`() throws {
        let witness = try TestWitness("witness.example")
        let tar = try Fixture.logged(witness: witness).tar()
        let checked = try Self.verdict(on: tar, [witness.verifier.vkey])
        #expect(checked.isValid)
        #expect(checked.lines[1] == "  in the log \(TestLog.origin) as entry 12 of 40")
        #expect(
            checked.lines[2]
                == "  cosigned by witness.example at 1970-01-12T13:46:40Z, at the size of 9")
        #expect(checked.lines.count == 5)
        let cosigned = #"{"name":"witness.example","size":9,"at":"1970-01-12T13:46:40Z"}"#
        #expect(checked.json.contains(#""index":12,"size":40,"root":""#))
        #expect(checked.json.contains(#"","cosigned":[\#(cosigned)]}"#))
    }

    @Test func `a witness whose key is not given is named as one that nobody has checked`() throws {
        let tar = try Fixture.logged(witness: try TestWitness("witness.example")).tar()
        let verdict = try Self.verdict(on: tar, [])
        #expect(verdict.isValid)
        #expect(
            verdict.lines[2]
                == "  cosigned by witness.example, it says: give their keys with --witness")
        #expect(verdict.json.contains(#""cosigned":[],"unchecked":["witness.example"]}"#))
    }

    @Test func `a bundle that a witness has not cosigned is not valid for who asks for that one`()
        throws
    {
        let witness = try TestWitness("witness.example")
        let sameName = try TestWitness("witness.example")
        let tar = try Fixture.logged(witness: witness).tar()
        for witnesses in [[sameName.verifier], [witness.verifier, sameName.verifier]] {
            let verdict = try Self.verdict(on: tar, witnesses.map(\.vkey))
            #expect(!verdict.isValid)
            #expect(
                verdict.lines == [
                    "x.tar: not valid: witness.example has not cosigned what it carries of the log"
                ])
        }
    }

    @Test func `a bundle from before there was a log has no witness, and says nothing of one`()
        throws
    {
        let tar = try Fixture.make().tar()
        let plain = try Self.verdict(on: tar, [])
        #expect(plain.isValid)
        #expect(plain.lines.count == 3)
        #expect(!plain.json.contains(#""log""#))
        let verdict = try Self.verdict(on: tar, [try TestWitness("w").verifier.vkey])
        #expect(!verdict.isValid)
        #expect(verdict.lines[0].contains("made before there was a log"))
    }

    @Test func `what is no key of a witness is wrong usage`() throws {
        let tar = try Fixture.make().tar()
        let log = try NoteVerifier(
            name: TestLog.origin, key: SigningKey.generate().verificationKey)
        for (vkey, reason) in [
            ("witness.example", "not a verifier's key"), ("", "not a verifier's key"),
            (try TestWitness("w").verifier.vkey.replacing("w+", with: "v+"), "the key's ID"),
            (log.vkey, "a key of another kind"),
        ] {
            let failure = try #require(throws: CommandFailure.self) {
                try Self.verdict(on: tar, [vkey])
            }
            #expect(failure.status == .usage)
            #expect(failure.description.contains("--witness"))
            #expect(failure.description.contains(reason))
        }
    }
}
