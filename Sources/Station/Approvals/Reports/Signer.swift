import Ledger
import SSHSignatures
package import StrictJSON

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
