import GRDB
package import Signatures

/// A row of `signers_list`: a list of those who may ask, as it was in force in some run.
package struct SignersListRecord: Sendable, Hashable {
    package let digest: SHA256Digest
    /// The file's bytes.
    package let text: [UInt8]

    package init(digest: SHA256Digest, text: [UInt8]) {
        self.digest = digest
        self.text = text
    }

    init(row: Row) throws {
        let columns = Columns(row)
        self.init(digest: try columns.digest("sha256"), text: try columns.bytes("text"))
    }
}
