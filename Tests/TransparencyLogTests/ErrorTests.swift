import Testing

@testable import TransparencyLog

struct ErrorTests {
    private static let tile = TileCoordinate(level: 0, number: 7)

    private static let notes: [NoteError] = [
        .tooLong(limit: 7), .notText, .control(7), .noSignatures, .badSignatureLine(7),
        .badName("a b"), .tooManySignatures(limit: 7), .notAKey, .unknownAlgorithm(7),
        .wrongKeyLength(7), .wrongKeyID,
    ]
    private static let checkpoints: [CheckpointError] = [
        .note(.notText), .tooLong(limit: 7), .control, .noOrigin, .badSize, .badRoot,
        .rootOfNothing, .badExtension, .notWhole,
    ]
    private static let proofs: [LogProofError] = [
        .tooLong(limit: 7), .otherFormat, .badExtra, .badIndex, .badOldSize, .badHash(7),
        .pathTooLong, .noCheckpoint, .checkpoint(.badSize), .indexBeyondTree(index: 7, size: 7),
        .oldSizeBeyondTree(oldSize: 7, size: 7), .otherTree(proof: 7, checkpoint: 7),
    ]
    private static let trees: [TreeError<Never>] = [
        .missingTile(tile), .shortTile(tile, width: 7, needed: 7),
        .wideTile(tile, width: 7, expected: 7), .noTree(size: 7, limit: 7),
        .noLeaf(index: 7, size: 7), .smaller(newSize: 7, oldSize: 7),
    ]
    private static let entries: [EntryBundleError] = [
        .empty, .tooMany, .tooLong(entry: 7), .cutOff(entry: 7),
    ]

    @Test func `each error is one sentence of its own, in lower case and without a full stop`() {
        let sentences =
            Self.notes.map(\.description) + Self.checkpoints.map(\.description)
            + Self.proofs.map(\.description) + Self.trees.map(\.description)
            + Self.entries.map(\.description)
        #expect(Set(sentences).count == sentences.count)
        for sentence in sentences {
            #expect(sentence.contains(" "), "\(sentence)")
            #expect(!sentence.hasSuffix("."), "\(sentence)")
            #expect(sentence.first?.isUppercase == false, "\(sentence)")
        }
    }
}
