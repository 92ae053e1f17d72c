import Signatures

/// A checkpoint with the signatures of its log and of witnesses. That it could be read says nothing
/// of whether a signature is good.
package struct SignedCheckpoint: Sendable, Hashable {
    package let checkpoint: Checkpoint
    package let note: SignedNote

    package init(_ note: SignedNote) throws(CheckpointError) {
        checkpoint = try Checkpoint(parsing: note.text)
        self.note = note
    }

    package init(parsing bytes: [UInt8]) throws(CheckpointError) {
        let note: SignedNote
        do { note = try SignedNote(parsing: bytes) } catch { throw .note(error) }
        try self.init(note)
    }

    package init(
        _ checkpoint: Checkpoint, signatures: [NoteSignature]
    ) throws(CheckpointError) {
        self.checkpoint = checkpoint
        do { note = try SignedNote(text: checkpoint.text, signatures: signatures) } catch {
            throw .note(error)
        }
    }

    package var bytes: [UInt8] { note.bytes }

    /// The same checkpoint with one more signature. It takes the place of an earlier one with the
    /// same key.
    package func adding(_ signature: NoteSignature) throws(CheckpointError) -> SignedCheckpoint {
        let longer: SignedNote
        do { longer = try note.adding(signature) } catch { throw .note(error) }
        return try SignedCheckpoint(longer)
    }

    /// Whether the key's owner signed the checkpoint. All signatures that claim the key must be good,
    /// and there must be one.
    package func isSigned(by verifier: NoteVerifier) -> Bool {
        switch verifier.algorithm {
        case .cosignature: return cosigned(by: verifier) != nil
        case .ed25519:
            let claims = note.signatures.filter(verifier.isNamed)
            let message = SignedNote.message(for: note.text)
            return !claims.isEmpty
                && claims.allSatisfy {
                    Signature(bytes: $0.bytes).map {
                        verifier.key.isValid($0, for: message)
                    } ?? false
                }
        }
    }

    /// When the key's owner cosigned the checkpoint, in seconds since 1970: the latest time, if there
    /// are several. `nil` where nobody did, or a signature that claims the key is not good.
    package func cosigned(by verifier: NoteVerifier) -> Int64? {
        cosignature(by: verifier)?.seconds
    }

    /// The line that says so, with its time.
    package func cosignature(
        by verifier: NoteVerifier
    ) -> (line: NoteSignature, seconds: Int64)? {
        guard verifier.algorithm == .cosignature else { return nil }
        var latest: (line: NoteSignature, seconds: Int64)?
        for claim in note.signatures where verifier.isNamed(in: claim) {
            guard let (seconds, signature) = Cosignature.parts(of: claim.bytes),
                verifier.key.isValid(
                    signature, for: Cosignature.message(for: note.text, at: seconds))
            else { return nil }
            if seconds >= latest?.seconds ?? seconds { latest = (claim, seconds) }
        }
        return latest
    }
}
