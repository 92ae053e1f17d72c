import LicenseToken
import Signatures
import Signing
import TransparencyLog

@testable import Bundles
@testable import Bundling

/// The log of a vendor in memory, and what a bundle carries of it.
struct TestLog {
    static let origin = "example.com/AbCdEfGhIjK"

    private struct Tiles: TileSource {
        let tiles: [TileCoordinate: Tile]

        func tile(at coordinate: TileCoordinate) -> Tile? { tiles[coordinate] }
    }

    var entries: [[UInt8]]

    /// The bundle's entry as the twelfth of forty; the others are somebody else's.
    init(_ entry: [UInt8], at index: Int = 12, of size: Int = 40) {
        entries = (0..<size).map { Array("entry \($0)".utf8) }
        entries[index] = entry
    }

    private var tree: TiledTree<Tiles> {
        var growth = TreeGrowth()
        for entry in entries { growth.append(MerkleTree.leafHash(entry)) }
        return TiledTree(size: growth.size, source: Tiles(tiles: growth.changedTiles))
    }

    func head(
        size: Int64? = nil, origin: String = origin, signedBy key: borrowing SigningKey
    ) throws -> SignedCheckpoint {
        var tree = tree
        let size = size ?? tree.size
        let checkpoint = try Checkpoint(
            origin: origin, size: size, root: try tree.root(ofSize: size))
        let verifier = try NoteVerifier(name: origin, key: key.verificationKey)
        let signature = key.sign(SignedNote.message(for: checkpoint.text))
        return try SignedCheckpoint(
            checkpoint, signatures: [NoteSignature(verifier: verifier, signature: signature)])
    }

    func proof(
        of index: Int64 = 12, extra: [UInt8]?, under head: SignedCheckpoint
    ) throws -> [UInt8] {
        var tree = tree
        let inclusion = try tree.inclusionProof(of: index, inTreeOfSize: head.checkpoint.size)
        return try LogProof(extra: extra, inclusion: inclusion, checkpoint: head).bytes
    }

    func consistency(from old: Int64, to head: SignedCheckpoint) throws -> [UInt8] {
        var tree = tree
        let proof = try tree.consistencyProof(from: old, to: head.checkpoint.size)
        return try CheckpointUpdate(consistency: proof, checkpoint: head).bytes
    }
}

/// An auditor with a key.
struct TestWitness: ~Copyable {
    let verifier: NoteVerifier
    private let key: SigningKey

    init(_ name: String) throws {
        let key = try SigningKey.generate()
        let verifier = try NoteVerifier(
            name: name, algorithm: .cosignature, key: key.verificationKey)
        self.key = key
        self.verifier = verifier
    }

    borrowing func cosigning(
        _ head: SignedCheckpoint, at seconds: Int64
    ) throws -> SignedCheckpoint {
        let message = Cosignature.message(for: head.checkpoint.text, at: seconds)
        return try head.adding(
            NoteSignature(verifier: verifier, cosignature: key.sign(message), at: seconds))
    }
}

extension TestBundle {
    /// The log's entry of this bundle.
    var entry: BundleEntry {
        BundleEntry(
            time: head.issuedAt, name: name, tokens: licenses.map(\.tokenDigest),
            salt: [UInt8](repeating: 7, count: BundleEntry.saltByteCount))
    }
}

extension Fixture {
    /// A bundle that carries what the log has of it, with the cosignature of an older head.
    static func logged(
        names: [String] = ["A", "B"], forkNote: String? = nil, witness: borrowing TestWitness
    ) throws -> Fixture {
        var fixture = try make(names: names)
        let evidence = try fixture.evidence(cosignedBy: witness, forkNote: forkNote)
        fixture.bundle.head = BundleHead(fixture.bundle.head, log: evidence)
        return fixture
    }

    func evidence(
        cosignedBy witness: borrowing TestWitness, forkNote: String? = nil
    ) throws -> LogEvidence {
        let entry = bundle.entry.text
        let log = TestLog(entry)
        let head = try log.head(signedBy: key)
        let old = try witness.cosigning(log.head(size: 9, signedBy: key), at: 1_000_000)
        return LogEvidence(
            checkpoint: head.bytes, proof: try log.proof(extra: entry, under: head),
            cosigned: .init(
                checkpoint: old.bytes, consistency: try log.consistency(from: 9, to: head)),
            forkNote: forkNote)
    }
}

extension BundleHead {
    /// The same with another part of the log.
    init(_ head: BundleHead, log: LogEvidence?) {
        self.init(
            name: head.name, issuer: head.issuer, issuedAt: head.issuedAt,
            presentation: head.presentation, log: log)
    }
}
