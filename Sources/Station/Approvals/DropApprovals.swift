import Ledger
import SSHSignatures

/// Somebody's signature on a drop, which counts.
struct Approval: Sendable {
    let signer: String
    let signature: SSHSignature
    /// What the signature covers.
    let digest: [UInt8]

    var record: SignatureRecord {
        SignatureRecord(
            signer: signer, key: signature.publicKey.fingerprint, digest: digest,
            signature: signature.blob)
    }
}

/// Who has signed a drop, and who could.
struct DropApprovals: Sendable {
    /// How many people have to.
    let needed: Int
    /// One for each person, in the order in which they were judged.
    let given: [Approval]
    /// People who may sign and have not.
    let others: [String]
    /// Why other signatures do not count.
    let remarks: [String]

    var isEnough: Bool { given.count >= needed }

    var signers: [Signer] {
        given.map { Signer(name: $0.signer, $0.signature) }
    }
}
