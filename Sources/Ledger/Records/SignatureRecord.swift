import GRDB

/// A row of `signature`: somebody's signature on a drop, which counted when the drop was judged.
package struct SignatureRecord: Sendable, Hashable {
    /// The person's name in the list of signers.
    package let signer: String
    /// The fingerprint of the key, as ssh-keygen prints it.
    package let key: String
    /// The digest of the drop that the signature covers: 32 or 64 bytes.
    package let digest: [UInt8]
    /// The signature in the binary form of SSHSIG.
    package let signature: [UInt8]

    package init(signer: String, key: String, digest: [UInt8], signature: [UInt8]) {
        self.signer = signer
        self.key = key
        self.digest = digest
        self.signature = signature
    }

    init(row: Row) throws {
        let columns = Columns(row)
        self.init(
            signer: try columns.text("signer"), key: try columns.text("key"),
            digest: try columns.bytes("digest"), signature: try columns.bytes("signature"))
    }
}
