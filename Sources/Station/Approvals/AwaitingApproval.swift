package import CalendarTime
import Logging
package import StrictJSON

/// A drop that waits for signatures.
package struct AwaitingApproval: Sendable, Hashable {
    /// The drop's own name.
    package let file: String
    /// How many people have to sign it.
    package let needed: Int
    /// Who has.
    package let signers: [Signer]
    /// Who else could.
    package let couldSign: [String]
    /// Why other signatures do not count.
    package let remarks: [String]
    /// When it is refused unless enough people have signed it.
    package let refusedAt: Timestamp?

    init(_ approvals: DropApprovals, file: String, refusedAt: Timestamp?) {
        self.file = file
        self.refusedAt = refusedAt
        needed = approvals.needed
        signers = approvals.signers
        couldSign = approvals.others
        remarks = approvals.remarks
    }

    var metadata: Logger.Metadata {
        var metadata: Logger.Metadata = ["file": "\(file)", "approvals": "\(summary)"]
        if !remarks.isEmpty { metadata["remarks"] = "\(remarks.joined(separator: "; "))" }
        return metadata
    }

    package var json: OrderedJSON {
        .object([
            "file": .string(file), "needed": .integer(Int64(needed)),
            "signers": .array(signers.map(\.json)),
            "couldSign": .array(couldSign.map(OrderedJSON.string)),
            "remarks": .array(remarks.map(OrderedJSON.string)),
            "refusedAt": refusedAt.map { .string($0.description) },
        ])
    }

    /// `1 of 2 have signed (alice@example.com); bob@example.com could sign`
    package var summary: String {
        let names = signers.isEmpty ? "" : " (\(signers.map(\.name).joined(separator: ", ")))"
        let others =
            couldSign.isEmpty
            ? "nobody else could" : couldSign.joined(separator: ", ") + " could sign"
        return "\(signers.count) of \(needed) have signed\(names); \(others)"
    }
}
