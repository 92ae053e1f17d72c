import Ledger
import SSHSignatures
package import StrictJSON

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

/// A person whose signature on a drop counts.
package struct Signer: Sendable, Hashable {
    /// As the list of signers has it.
    package let name: String
    /// The fingerprint of the key.
    package let key: String
    /// What a security key says of the signature.
    let presence: SSHSignature.Presence?

    init(name: String, _ signature: SSHSignature) {
        self.name = name
        key = signature.publicKey.fingerprint
        presence = signature.presence
    }

    init(_ record: SignatureRecord) {
        name = record.signer
        key = record.key
        // What is wrong with it is thrown away: an audit says so.
        presence = (try? SSHSignature(blob: record.signature))?.presence
    }

    /// `{"name":…,"key":…,"signedAt":null}`: SSHSIG has no time. Of a security key also `flags` and
    /// `counter`.
    package var json: OrderedJSON {
        .object([
            "name": .string(name), "key": .string(key), "signedAt": .null,
            "flags": presence.map { .integer(Int64($0.flags)) },
            "counter": presence.map { .integer(Int64($0.counter)) },
        ])
    }
}
