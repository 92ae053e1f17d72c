import Signatures
import Testing

@testable import TransparencyLog

struct LogProofTests {
    @Test func `a published proof is read and written as it was`() throws {
        let proof = try LogProof(parsing: Array(Examples.proof.utf8))
        #expect(proof.extra == Array("age-v1.2.1-darwin-arm64.tar.gz".utf8))
        #expect(proof.inclusion.index == 73_894)
        #expect(proof.inclusion.treeSize == 20_852_163)
        #expect(proof.inclusion.path.count == 5)
        #expect(proof.bytes == Array(Examples.proof.utf8))
        let bare = try LogProof(
            extra: nil, inclusion: proof.inclusion, checkpoint: proof.checkpoint)
        #expect(try LogProof(parsing: bare.bytes) == bare)
    }

    @Test func `a published request for a cosignature is read and written as it was`() throws {
        let update = try CheckpointUpdate(parsing: Array(Examples.update.utf8))
        #expect(update.oldSize == 20_852_014)
        #expect(update.consistency.newSize == 20_852_163)
        #expect(update.consistency.path.count == 4)
        #expect(update.bytes == Array(Examples.update.utf8))
    }

    @Test func `what is no proof is refused with its reason`() {
        func altered(_ old: String, _ new: String) -> String {
            Examples.proof.replacing(old, with: new)
        }
        let hash = "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ="
        let cases: [(String, LogProofError)] = [
            ("", .otherFormat),
            (altered("@v1", "@v2"), .otherFormat),
            (altered("@v1\n", "@v1\r\n"), .otherFormat),
            (altered("extra Y", "extra "), .badExtra),
            (altered("extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6", "extra "), .badExtra),
            (altered("extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6", "extra"), .badIndex),
            (altered("index 73894", "index 073894"), .badIndex),
            (altered("index 73894", "index  73894"), .badIndex),
            (altered("index 73894", "index -1"), .badIndex),
            (altered("index 73894", "index 9223372036854775808"), .badIndex),
            (altered("index 73894\n", ""), .badIndex),
            (
                altered("index 73894", "index 20852163"),
                .indexBeyondTree(index: 20_852_163, size: 20_852_163)
            ),
            (altered(hash, String(hash.dropLast())), .badHash(1)),
            (altered(hash, hash + " "), .badHash(1)),
            (altered("AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk", ""), .badHash(5)),
            (
                altered(hash, Array(repeating: hash, count: 60).joined(separator: "\n")),
                .pathTooLong
            ),
            ("c2sp.org/tlog-proof@v1\nindex 5\n", .noCheckpoint),
            ("c2sp.org/tlog-proof@v1\nindex 5\n\n", .checkpoint(.note(.notText))),
            (altered("\n20852163\n", "\n020852163\n"), .checkpoint(.badSize)),
            (
                String(repeating: "a", count: LogProof.maximumByteCount + 1),
                .tooLong(limit: LogProof.maximumByteCount)
            ),
        ]
        for (bad, reason) in cases {
            #expect(throws: reason, "\(bad.prefix(400))") {
                try LogProof(parsing: Array(bad.utf8))
            }
        }
    }

    @Test func `what is no request for a cosignature is refused with its reason`() {
        func altered(_ old: String, _ new: String) -> String {
            Examples.update.replacing(old, with: new)
        }
        let cases: [(String, LogProofError)] = [
            ("", .badOldSize),
            (altered("old 2", "old 02"), .badOldSize),
            (altered("old 2", "Old 2"), .badOldSize),
            (altered("old 20852014", "old 99999999999999999999"), .badOldSize),
            (
                altered("old 20852014", "old 20852164"),
                .oldSizeBeyondTree(oldSize: 20_852_164, size: 20_852_163)
            ),
            (altered("PlRN", "Pl RN"), .badHash(1)),
            (
                String(repeating: "a", count: CheckpointUpdate.maximumByteCount + 1),
                .tooLong(limit: CheckpointUpdate.maximumByteCount)
            ),
        ]
        for (bad, reason) in cases {
            #expect(throws: reason, "\(bad.prefix(400))") {
                try CheckpointUpdate(parsing: Array(bad.utf8))
            }
        }
    }

    @Test func `the longest proof there can be is read`() throws {
        let proof = try LogProof(parsing: Array(Examples.proof.utf8))
        let path = Array(repeating: MerkleTree.emptyRoot, count: 63)
        let longest = try LogProof(
            extra: Array(repeating: 1, count: LogProof.maximumExtraLength),
            inclusion: InclusionProof(index: 1, treeSize: 20_852_163, path: path),
            checkpoint: proof.checkpoint)
        #expect(try LogProof(parsing: longest.bytes) == longest)
        #expect(throws: LogProofError.pathTooLong) {
            try LogProof(
                extra: nil,
                inclusion: InclusionProof(
                    index: 1, treeSize: 20_852_163, path: path + [MerkleTree.emptyRoot]),
                checkpoint: proof.checkpoint)
        }
        #expect(throws: LogProofError.badExtra) {
            try LogProof(extra: [], inclusion: proof.inclusion, checkpoint: proof.checkpoint)
        }
        #expect(throws: LogProofError.otherTree(proof: 5, checkpoint: 20_852_163)) {
            try LogProof(
                extra: nil, inclusion: InclusionProof(index: 1, treeSize: 5, path: []),
                checkpoint: proof.checkpoint)
        }
    }

    @Test func `a proof and an update made from a tree hold, and no altered ones`() throws {
        let leaves = numberedLeaves(1000)
        var tree = TiledTree(size: 1000, source: StoredTiles(leaves))
        let log = try Signer("example.com/log")
        let checkpoint = try Checkpoint(
            origin: "example.com/log", size: 900, root: tree.root(ofSize: 900))
        let signed = try SignedCheckpoint(checkpoint, signatures: [log.sign(checkpoint.text)])
        let proof = try LogProof(
            extra: Array("17".utf8), inclusion: tree.inclusionProof(of: 17, inTreeOfSize: 900),
            checkpoint: signed)
        #expect(proof.isValid(leaf: leaves[17]))
        #expect(!proof.isValid(leaf: leaves[16]))
        let update = try CheckpointUpdate(
            consistency: tree.consistencyProof(from: 345, to: 900), checkpoint: signed)
        #expect(try update.isValid(oldRoot: tree.root(ofSize: 345)))
        #expect(try !update.isValid(oldRoot: tree.root(ofSize: 344)))
        let first = try CheckpointUpdate(
            consistency: tree.consistencyProof(from: 0, to: 900), checkpoint: signed)
        #expect(first.isValid(oldRoot: MerkleTree.emptyRoot))
        #expect(first.bytes == Array("old 0\n\n".utf8) + signed.bytes)
    }
}
