import GRDB
package import Signatures

/// What became of a drop.
package enum DropOutcome: String, Sendable {
    case accepted, rejected, repeated
}

/// A row of `drop_file`: a drop that was handled. Its receipt was decided with it.
package struct DropRecord: Sendable, Hashable {
    package let run: Int64
    /// The drop's name while it was handled and afterwards.
    package let claim: [UInt8]
    /// `nil` for what could not be read as a file at all.
    package let digest: SHA256Digest?
    package let outcome: DropOutcome
    /// JSON, or its beginning where the ledger has the rest in parts.
    package let receipt: String
    /// How many people had to sign the drop; `nil` where nobody had to.
    package let approvalsNeeded: Int64?

    /// Whether the receipt goes on in parts: its list of results is still open.
    package var hasReceiptParts: Bool { receipt.utf8.last == UInt8(ascii: "[") }

    package init(
        run: Int64, claim: [UInt8], digest: SHA256Digest?, outcome: DropOutcome, receipt: String,
        approvalsNeeded: Int64? = nil
    ) {
        self.run = run
        self.claim = claim
        self.digest = digest
        self.outcome = outcome
        self.receipt = receipt
        self.approvalsNeeded = approvalsNeeded
    }

    init(row: Row) throws {
        let columns = Columns(row)
        self.init(
            run: try columns.integer("run"), claim: try columns.bytes("claim"),
            digest: try columns.optionalDigest("sha256"), outcome: try columns.word("outcome"),
            receipt: try columns.text("receipt"),
            approvalsNeeded: try columns.optionalInteger("approvals_needed"))
    }
}
