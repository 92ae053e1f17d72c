import Signatures
import Signing
import Support
import TransparencyLog

/// A checkpoint with an auditor's cosignature, good and bad ones, and the keys, in files.
struct CosignedCheckpoint {
    let bench: Workbench

    init() throws {
        bench = try Workbench()
        let logKey = try SigningKey.generate()
        let auditorKey = try SigningKey.generate()
        let log = try NoteVerifier(name: "example.com/log", key: logKey.verificationKey)
        let auditor = try NoteVerifier(
            name: "auditor.example.com", algorithm: .cosignature, key: auditorKey.verificationKey)
        let other = try NoteVerifier(
            name: "auditor.example.com", algorithm: .cosignature, key: logKey.verificationKey)
        for (name, verifier) in [("log", log), ("auditor", auditor), ("other", other)] {
            try bench.write(verifier.vkey + "\n", to: name)
        }

        let checkpoint = try Checkpoint(
            origin: log.name, size: 0, root: MerkleTree.emptyRoot)
        let seconds: Int64 = 1_800_000_000
        let message = Cosignature.message(for: checkpoint.text, at: seconds)
        let good = auditorKey.sign(message)
        let signed = try SignedCheckpoint(
            checkpoint,
            signatures: [
                NoteSignature(
                    verifier: log,
                    signature: logKey.sign(SignedNote.message(for: checkpoint.text)))
            ])
        let cosignatures = [
            ("good", good, seconds), ("other-time", good, seconds + 1),
            ("other-key", logKey.sign(message), seconds),
        ]
        for (name, signature, time) in cosignatures {
            let cosigned = try signed.adding(
                NoteSignature(verifier: auditor, cosignature: signature, at: time))
            try bench.write(cosigned.bytes, to: name)
        }
    }
}
