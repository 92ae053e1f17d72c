import CalendarTime
import Failures
import Signatures
import Signing
import TransparencyLog

/// Somebody who vouches for having checked that a log only grew (c2sp.org/tlog-cosignature).
struct Witness: ~Copyable {
    let verifier: NoteVerifier
    private let key: SigningKey

    init(key: consuming SigningKey, name: String) throws(CommandFailure) {
        do throws(NoteError) {
            verifier = try NoteVerifier(
                name: name, algorithm: .cosignature, key: key.verificationKey)
        } catch {
            throw CommandFailure(.usage, "--name: \(error.brief)")
        }
        self.key = key
    }

    /// The checkpoint with this witness' cosignature.
    borrowing func cosign(
        _ asked: AskedCheckpoint, at time: Timestamp
    ) throws(CommandFailure) -> SignedCheckpoint {
        let checkpoint = asked.signed
        let seconds = time.secondsSinceEpoch
        let signature = key.sign(Cosignature.message(for: checkpoint.note.text, at: seconds))
        let signed: SignedCheckpoint
        do throws(CheckpointError) {
            signed = try checkpoint.adding(
                NoteSignature(verifier: verifier, cosignature: signature, at: seconds))
        } catch {
            throw CommandFailure(
                .dataError,
                "\(asked.file): the checkpoint takes no further signature (\(error)): take out lines "
                    + "of other auditors at its end")
        }
        // A signature that a fault of the machine has spoilt can betray the key.
        guard signed.isSigned(by: verifier) else {
            throw CommandFailure(
                .inputOutput,
                "a signature that was just made does not verify: this machine's memory or processor "
                    + "is at fault, sign nothing on it")
        }
        return signed
    }
}
