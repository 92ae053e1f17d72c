import Signatures
import Signing
import Support
import TransparencyLog

/// Files of a log, good and altered ones, as an auditor would have them.
final class LogCases {
    /// The arguments of one call, and the sentence that is the answer; `nil` where the files must be
    /// refused.
    struct Case {
        let arguments: String
        let sentence: String?
    }

    private static let origin = "licenses.example.com/0123456789a"
    private static let limit: Int64 = 5000

    let bench: Workbench
    private(set) var cases: [Case] = []
    private let key: SigningKey
    private let verifier: NoteVerifier
    private var tree: TiledTree<TilesInMemory>
    private var random = SeededGenerator(seed: 6962)
    private var fileCount = 0

    init(count: Int) throws {
        bench = try Workbench()
        key = try SigningKey.generate()
        verifier = try NoteVerifier(name: Self.origin, key: key.verificationKey)
        var growth = TreeGrowth()
        for index in 0..<Self.limit { growth.append(MerkleTree.leafHash(Self.entry(index).utf8)) }
        tree = TiledTree(
            size: Self.limit, source: TilesInMemory(tiles: growth.changedTiles))
        try bench.write(verifier.vkey + "\n", to: "key")
        for number in 0..<count { try addTree(number) }
    }

    private static func entry(_ index: Int64) -> String {
        #"{"type":"bundle","number":\#(index)}"#
    }

    /// A tree of a random size, one of its entries, and an older tree.
    private func addTree(_ number: Int) throws {
        let size = Int64.random(in: 1...Self.limit, using: &random)
        let index = Int64.random(in: 0..<size, using: &random)
        let old = number == 0 ? 0 : Int64.random(in: 1...size, using: &random)
        let head = try signed(size)
        let proof = try LogProof(
            extra: Array(Self.entry(index).utf8),
            inclusion: tree.inclusionProof(of: index, inTreeOfSize: size), checkpoint: head)
        let update = try CheckpointUpdate(
            consistency: tree.consistencyProof(from: old, to: size), checkpoint: head)
        let before = try signed(old).bytes

        try add(
            "checkpoint", [head.bytes],
            "\(Self.origin) has \(size) entries, and its key signed that.")
        try add(
            "proof", [proof.bytes],
            "Entry \(index) of \(Self.origin) is in its log of \(size) entries: \(Self.entry(index))"
        )
        try add(
            "consistency", [before, update.bytes],
            "\(Self.origin) has grown from \(old) to \(size) entries, and no earlier one was touched."
        )

        try addAltered(head, number)
        try addAltered(proof, number)
        if old > 0, old < size { try addAltered(update, before: before, number) }
    }

    private func signed(_ size: Int64, root: SHA256Digest? = nil) throws -> SignedCheckpoint {
        let checkpoint = try Checkpoint(
            origin: Self.origin, size: size, root: root ?? tree.root(ofSize: size))
        return try SignedCheckpoint(
            checkpoint,
            signatures: [
                NoteSignature(
                    verifier: verifier,
                    signature: key.sign(SignedNote.message(for: checkpoint.text)))
            ])
    }

    private func addAltered(_ head: SignedCheckpoint, _ number: Int) throws {
        let checkpoint = head.checkpoint
        let altered =
            number.isMultiple(of: 2)
            ? try Checkpoint(
                origin: Self.origin, size: checkpoint.size + 1, root: checkpoint.root)
            : try Checkpoint(
                origin: Self.origin, size: checkpoint.size,
                root: SHA256Digest(of: checkpoint.root.bytes))
        let forged = try SignedCheckpoint(altered, signatures: head.note.signatures)
        try add("checkpoint", [forged.bytes], nil)
    }

    private func addAltered(_ proof: LogProof, _ number: Int) throws {
        let (index, size) = (proof.inclusion.index, proof.inclusion.treeSize)
        var extra = proof.extra
        var path = proof.inclusion.path
        var other = index
        switch number % 4 {
        case 0: extra = Array(Self.entry(index + 1).utf8)
        case 1: path = altered(path)
        case 2 where size > 1: other = index > 0 ? index - 1 : index + 1
        default: path.append(MerkleTree.emptyRoot)
        }
        let wrong = try LogProof(
            extra: extra, inclusion: InclusionProof(index: other, treeSize: size, path: path),
            checkpoint: proof.checkpoint)
        try add("proof", [wrong.bytes], nil)
    }

    private func addAltered(
        _ update: CheckpointUpdate, before: [UInt8], _ number: Int
    ) throws {
        let (old, new) = (update.consistency.oldSize, update.consistency.newSize)
        var before = before
        var path = update.consistency.path
        switch number % 3 {
        case 0: path = altered(path)
        case 1: path.append(MerkleTree.emptyRoot)
        // A log that was written anew, and signed.
        default: before = try signed(old, root: SHA256Digest(of: [1])).bytes
        }
        let wrong = try CheckpointUpdate(
            consistency: ConsistencyProof(oldSize: old, newSize: new, path: path),
            checkpoint: update.checkpoint)
        try add("consistency", [before, wrong.bytes], nil)
    }

    /// With one hash that is another.
    private func altered(_ path: [SHA256Digest]) -> [SHA256Digest] {
        guard let position = path.indices.randomElement(using: &random) else {
            return [MerkleTree.emptyRoot]
        }
        var path = path
        path[position] = SHA256Digest(of: path[position].bytes)
        return path
    }

    private func add(
        _ command: String, _ files: [[UInt8]], _ sentence: String?
    ) throws {
        var arguments = "\(command) key"
        for file in files {
            try bench.write(file, to: "file\(fileCount)")
            arguments += " file\(fileCount)"
            fileCount += 1
        }
        cases.append(Case(arguments: arguments, sentence: sentence))
    }
}

struct TilesInMemory: TileSource {
    let tiles: [TileCoordinate: Tile]

    func tile(at coordinate: TileCoordinate) throws(Never) -> Tile? { tiles[coordinate] }
}
