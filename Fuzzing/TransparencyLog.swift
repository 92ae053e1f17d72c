import Signatures
import TransparencyLog

/// The files of a log: a proof, a request for a cosignature, a checkpoint, a key, entries.
func testLog(_ bytes: [UInt8]) {
    let promise = "a file of a log changes when it is written"
    if let proof = try? LogProof(parsing: bytes) {
        require(proof.bytes == bytes, promise)
        _ = proof.isValid(leaf: MerkleTree.leafHash(proof.extra ?? []))
    }
    if let update = try? CheckpointUpdate(parsing: bytes) {
        require(update.bytes == bytes, promise)
        _ = update.isValid(oldRoot: MerkleTree.emptyRoot)
    }
    if let checkpoint = try? SignedCheckpoint(parsing: bytes) {
        require(checkpoint.bytes == bytes, promise)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    if let verifier = try? NoteVerifier(vkey: text) {
        require(verifier.vkey.utf8.elementsEqual(text.utf8), promise)
    }
    if let entries = try? EntryBundle.entries(in: bytes) {
        require((try? EntryBundle.bytes(entries)) == bytes, promise)
    }
    if let tile = Tile(bytes: bytes) { require(tile.bytes == bytes, promise) }
}
