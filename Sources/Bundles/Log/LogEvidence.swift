package import LicenseToken
import Signatures
import TransparencyLog

/// What a bundle carries of the vendor's log, so that its customer can prove later what the log was.
package struct LogEvidence: Sendable, Hashable {
    /// An older head of the same log that auditors have cosigned.
    package struct Cosigned: Sendable, Hashable {
        /// A signed note.
        package let checkpoint: [UInt8]
        /// That the bundle's own checkpoint follows from it: a `CheckpointUpdate`.
        package let consistency: [UInt8]

        package init(checkpoint: [UInt8], consistency: [UInt8]) {
            self.checkpoint = checkpoint
            self.consistency = consistency
        }
    }

    /// The log's head after the bundle's run: a signed note.
    package let checkpoint: [UInt8]
    /// That the bundle's entry is in the log: a `LogProof` whose extra is the entry.
    package let proof: [UInt8]
    package let cosigned: Cosigned?
    /// What README.txt says of a log that was begun anew: one paragraph.
    package let forkNote: String?

    package init(
        checkpoint: [UInt8], proof: [UInt8], cosigned: Cosigned? = nil, forkNote: String? = nil
    ) {
        self.checkpoint = checkpoint
        self.proof = proof
        self.cosigned = cosigned
        self.forkNote = forkNote
    }

    /// The same without an older checkpoint that none of these keys has signed: whoever has only the
    /// bundle could not check it. A retired key is not handed out for it, since applications trust
    /// what is handed out.
    package func checkable(with keys: JWKSet) -> LogEvidence {
        // Why it cannot be read is thrown away: the check that follows says it.
        guard
            let cosigned, let older = try? SignedCheckpoint(parsing: cosigned.checkpoint),
            !keys.keys.contains(where: { older.isSigned(by: $0.key) })
        else { return self }
        return LogEvidence(checkpoint: checkpoint, proof: proof, forkNote: forkNote)
    }

    /// Sorted by their paths.
    var files: [BundleFile] {
        var files = [BundleFile(path: BundleFile.checkpoint, bytes: checkpoint)]
        if let cosigned {
            files += [
                BundleFile(path: BundleFile.consistency, bytes: cosigned.consistency),
                BundleFile(path: BundleFile.cosignedCheckpoint, bytes: cosigned.checkpoint),
            ]
        }
        return files + [BundleFile(path: BundleFile.logProof, bytes: proof)]
    }
}

extension SignedCheckpoint {
    /// Whether the log has signed its own head with this key.
    func isSigned(by key: VerificationKey) -> Bool {
        // Why its name is none for a key is thrown away: nobody can have signed by it then.
        guard let log = try? NoteVerifier(name: checkpoint.origin, key: key) else { return false }
        return isSigned(by: log)
    }
}
