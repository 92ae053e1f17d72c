import PlainText
package import Signatures
package import TransparencyLog

/// What a bundle was found to prove of the vendor's log.
package struct BundleLogFacts: Sendable {
    /// The number of the bundle's entry, from 0.
    package let index: Int64
    /// The log's head after the bundle's run.
    package let checkpoint: SignedCheckpoint
    /// An older one that the head follows from, brought along for its cosignatures.
    package let cosigned: SignedCheckpoint?

    package var origin: String { checkpoint.checkpoint.origin }
    package var size: Int64 { checkpoint.checkpoint.size }
    package var root: SHA256Digest { checkpoint.checkpoint.root }

    private var newestFirst: [SignedCheckpoint] { [checkpoint] + (cosigned.map { [$0] } ?? []) }

    /// The largest tree that the witness has cosigned, and when; `nil` where none.
    package func cosignature(
        by witness: NoteVerifier
    ) -> (size: Int64, secondsSinceEpoch: Int64)? {
        for signed in newestFirst {
            if let seconds = signed.cosigned(by: witness) {
                return (signed.checkpoint.size, seconds)
            }
        }
        return nil
    }

    /// Who has cosigned by what the checkpoints say: without their keys it could be anybody. Names
    /// that cannot be shown on a terminal are left out.
    package var claimedCosigners: [String] {
        var names: [String] = []
        for signature in newestFirst.flatMap(\.note.signatures)
        where signature.name != origin && !signature.name.hasControls
            && !names.contains(signature.name)
        {
            names.append(signature.name)
        }
        return names
    }
}
