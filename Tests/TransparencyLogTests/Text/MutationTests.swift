import Signatures
import Support
import Testing

@testable import TransparencyLog

/// Whatever comes from outside is read or refused, and what is read is written back as it was.
struct MutationTests {
    private static let texts = [
        Examples.proof, Examples.update, Examples.cosigned,
        Examples.text + "\n" + Examples.peterLine + Examples.enochLine, Examples.peter,
    ].map { Array($0.utf8) }

    @Test func `mutated texts are refused, or written back as they were read`() {
        var random = SeededGenerator(seed: 2019)
        var readCount = 0
        for round in 0..<4000 {
            var bytes = Self.texts[round % Self.texts.count]
            for _ in 0...Int.random(in: 0...2, using: &random) {
                mutate(&bytes, using: &random)
            }
            if let proof = try? LogProof(parsing: bytes) {  // a refusal's reason is thrown away
                #expect(proof.bytes == bytes, "\(String(decoding: bytes, as: UTF8.self))")
                _ = proof.isValid(leaf: MerkleTree.emptyRoot)
                readCount += 1
            }
            if let update = try? CheckpointUpdate(parsing: bytes) {  // a reason is thrown away
                #expect(update.bytes == bytes, "\(String(decoding: bytes, as: UTF8.self))")
                _ = update.isValid(oldRoot: MerkleTree.emptyRoot)
                readCount += 1
            }
            if let signed = try? SignedCheckpoint(parsing: bytes) {  // a reason is thrown away
                #expect(signed.bytes == bytes, "\(String(decoding: bytes, as: UTF8.self))")
                readCount += 1
            }
            if let note = try? SignedNote(parsing: bytes) {  // a reason is thrown away
                #expect(note.bytes == bytes, "\(String(decoding: bytes, as: UTF8.self))")
                readCount += 1
            }
            let text = String(decoding: bytes, as: UTF8.self)
            if let checkpoint = try? Checkpoint(parsing: text) {  // a reason is thrown away
                #expect(checkpoint.text.utf8.elementsEqual(text.utf8))
            }
            if let verifier = try? NoteVerifier(vkey: text) {  // a reason is thrown away
                #expect(verifier.vkey.utf8.elementsEqual(text.utf8))
            }
        }
        #expect(readCount > 200)
    }

    @Test func `any bytes are entries, or refused`() throws {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<1000 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...5, using: &random)
            }
            guard let entries = try? EntryBundle.entries(in: bytes)  // a reason is thrown away
            else { continue }
            #expect(try EntryBundle.bytes(entries) == bytes)
        }
    }

    private func mutate(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...5, using: &random) {
        case 0: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes[at] = Array("\n +0=\u{1}".utf8).randomElement(using: &random) ?? 0
        case 2: bytes.remove(at: at)
        case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: at)
        case 4:
            let end = Int.random(in: at...min(bytes.count, at + 60), using: &random)
            bytes.insert(contentsOf: bytes[at..<end], at: at)
        default:
            let end = Int.random(in: at...min(bytes.count, at + 60), using: &random)
            bytes.removeSubrange(at..<end)
        }
        if bytes.isEmpty { bytes = [0] }
    }
}
