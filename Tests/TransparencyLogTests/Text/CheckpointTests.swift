import Signatures
import Signing
import Testing

@testable import TransparencyLog

struct CheckpointTests {
    @Test func `a published checkpoint is read and written as it was`() throws {
        let signed = try SignedCheckpoint(parsing: Array(Examples.cosigned.utf8))
        #expect(signed.checkpoint.origin == "example.com/behind-the-sofa")
        #expect(signed.checkpoint.size == 20_852_163)
        #expect(signed.checkpoint.root.base64 == "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")
        #expect(signed.checkpoint.extensions.isEmpty)
        #expect(signed.bytes == Array(Examples.cosigned.utf8))
        let cosignature = try #require(Cosignature.parts(of: signed.note.signatures[1].bytes))
        #expect(cosignature.seconds == 1_679_315_147)
        #expect(
            String(
                decoding: Cosignature.message(for: signed.note.text, at: 1_679_315_147),
                as: UTF8.self)
                == "cosignature/v1\ntime 1679315147\n" + signed.note.text)
    }

    /// github.com/C2SP/C2SP, issue 99.
    @Test func `a published signature over a checkpoint is good`() throws {
        let origin =
            "sigsum.org/v1/tree/e796172b92befd62d9dc67e41c2f5bc9d3100a3023b20b1ca40288dd1c679e69"
        let key = try #require(
            Hex.decode("66e0b858e462a609e66fe71370c816d8846ff103d5499a22a7fec37fdbc424a7".utf8)
                .flatMap { VerificationKey(bytes: $0) })
        let signed = try SignedCheckpoint(
            parsing: Array(
                """
                \(origin)
                10
                HA5HAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=

                — \(origin) gJ2ho0n8F8olcerUF1FFdv235A/5as/coWrpLrtE7ovMeP5whgwouYExowG/lTznxu6OUGjjt5yJQ6bXtTcf718MqAQ=

                """.utf8))
        #expect(try signed.isSigned(by: NoteVerifier(name: origin, key: key)))
        #expect(try !signed.isSigned(by: NoteVerifier(name: "sigsum.org", key: key)))
        #expect(try !signed.isSigned(by: NoteVerifier(vkey: Examples.foo)))
    }

    /// The head of Go's checksum database.
    @Test func `a checkpoint of a public log is signed by its key`() throws {
        let signed = try SignedCheckpoint(
            parsing: Array(
                """
                go.sum database tree
                6476701
                mb8QLQIs0Z0yP5Cstq6guj87oXWeC9gEM8oVikmm9Wk=

                — sum.golang.org Az3grsLX85Gz+s1SiTbgkuqxgItqFq7gsMUEyVnrsa9LM7Us9S+1xbFIGu95949rj4nPRYfvimWEPWL+o3GeoWwOoAw=

                """.utf8))
        let key = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
        #expect(try signed.isSigned(by: NoteVerifier(vkey: key)))
        #expect(signed.checkpoint.size == 6_476_701)
    }

    /// github.com/transparency-dev/formats, note/note_cosigv1_test.go.
    @Test func `a published cosignature has its published time`() throws {
        let bytes = Base64.standard.decode(
            "ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFiEBYJXORmnFBOBA=="
                .utf8)
        let parts = try Cosignature.parts(of: Array(#require(bytes).dropFirst(4)))
        #expect(parts?.seconds == 1_727_964_367)
        #expect(Cosignature.parts(of: Array(repeating: 0, count: 64)) == nil)
        // 2^63 and more is no time.
        #expect(Cosignature.parts(of: [0x80] + Array(repeating: 0, count: 71)) == nil)
    }

    @Test func `what is no checkpoint is refused with its reason`() {
        let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
        let nothing = MerkleTree.emptyRoot.base64
        let cases: [(String, CheckpointError)] = [
            ("", .noOrigin),
            ("\n5\n\(root)\n", .noOrigin),
            ("a\n05\n\(root)\n", .badSize),
            ("a\n+5\n\(root)\n", .badSize),
            ("a\n-5\n\(root)\n", .badSize),
            ("a\n\n\(root)\n", .badSize),
            ("a\n5 \n\(root)\n", .badSize),
            ("a\n٥\n\(root)\n", .badSize),
            ("a\n9223372036854775808\n\(root)\n", .badSize),
            ("a\n99999999999999999999999\n\(root)\n", .badSize),
            ("a\n5\n\(root.dropLast())\n", .badRoot),
            ("a\n5\n\(root.replacing("I=", with: "J="))\n", .badRoot),
            ("a\n5\n\(root)", .badRoot),
            ("a\n5\nAAAA\n", .badRoot),
            ("a\n0\n\(root)\n", .rootOfNothing),
            ("a\n5\n\(root)\n\n", .badExtension),
            ("a\n5\n\(root)\nx\n\ny\n", .badExtension),
            ("a\n5\n\(root)\nx", .notWhole),
            ("a\t\n5\n\(root)\n", .control),
            (String(repeating: "a", count: 20_000), .tooLong(limit: 16_384)),
        ]
        for (bad, reason) in cases {
            #expect(throws: reason, "\(bad)") { try Checkpoint(parsing: bad) }
        }
        for good in [
            "a\n9223372036854775807\n\(root)\n", "a\n0\n\(nothing)\n",
            "an origin + space\n1\n\(root)\nx\ny\n",
        ] {
            #expect(throws: Never.self) { try Checkpoint(parsing: good) }
        }
    }

    @Test func `a checkpoint is written so that it is read as the same`() throws {
        let root = MerkleTree.leafHash([1])
        let checkpoint = try Checkpoint(
            origin: "example.com/log", size: .max, root: root, extensions: ["x", "y z"])
        #expect(
            checkpoint.text
                == "example.com/log\n9223372036854775807\n\(root.base64)\nx\ny z\n")
        #expect(try Checkpoint(parsing: checkpoint.text) == checkpoint)
        // Nothing may slip into another line.
        #expect(throws: CheckpointError.self) {
            try Checkpoint(origin: "a\n5", size: 1, root: root)
        }
        #expect(throws: CheckpointError.badExtension) {
            try Checkpoint(origin: "a", size: 1, root: root, extensions: ["x\ny"])
        }
        #expect(throws: CheckpointError.badSize) {
            try Checkpoint(origin: "a", size: -1, root: root)
        }
    }

    @Test func `a log's signature and a witness' are each good for their own key alone`() throws {
        let log = try Signer("example.com/log")
        let witness = try Signer("example.com/w", .cosignature)
        let checkpoint = try Checkpoint(
            origin: "example.com/log", size: 7, root: MerkleTree.leafHash([]))
        let signed = try SignedCheckpoint(checkpoint, signatures: [log.sign(checkpoint.text)])
            .adding(witness.cosign(checkpoint.text, at: 1_700_000_000))
        let read = try SignedCheckpoint(parsing: signed.bytes)
        #expect(read == signed)
        #expect(read.isSigned(by: log.verifier))
        #expect(read.cosigned(by: witness.verifier) == 1_700_000_000)
        #expect(read.cosigned(by: log.verifier) == nil)
        // The witness' key does not vouch as a log's, nor under another name.
        let asLog = try NoteVerifier(name: "example.com/w", key: witness.verifier.key)
        #expect(!read.isSigned(by: asLog))
        let renamed = try NoteVerifier(
            name: "example.com/v", algorithm: .cosignature, key: witness.verifier.key)
        #expect(read.cosigned(by: renamed) == nil)
    }

    @Test func `a signature that claims a key and is not by it spoils the others by that key`()
        throws
    {
        let log = try Signer("example.com/log")
        let witness = try Signer("example.com/w", .cosignature)
        let checkpoint = try Checkpoint(
            origin: "example.com/log", size: 7, root: MerkleTree.leafHash([]))
        let text = checkpoint.text
        let bad = try SignedCheckpoint(
            checkpoint,
            signatures: [
                log.sign(text), log.sign("another text\n"), witness.cosign(text, at: 5),
                witness.cosign("another text\n", at: 6),
            ])
        #expect(!bad.isSigned(by: log.verifier))
        #expect(bad.cosigned(by: witness.verifier) == nil)
        let twice = try SignedCheckpoint(
            checkpoint, signatures: [witness.cosign(text, at: 9), witness.cosign(text, at: 5)])
        #expect(twice.cosigned(by: witness.verifier) == 9)
    }

    @Test func `a cosignature with another time than was signed is not good`() throws {
        let witness = try Signer("example.com/w", .cosignature)
        let checkpoint = try Checkpoint(origin: "a", size: 7, root: MerkleTree.leafHash([]))
        let signature = witness.key.sign(Cosignature.message(for: checkpoint.text, at: 5))
        for time in [5, 6, -1, .max, .min] as [Int64] {
            let signed = try SignedCheckpoint(
                checkpoint,
                signatures: [
                    NoteSignature(verifier: witness.verifier, cosignature: signature, at: time)
                ])
            #expect(signed.cosigned(by: witness.verifier) == (time == 5 ? 5 : nil))
        }
    }
}
