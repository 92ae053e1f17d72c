package import StrictJSON

/// Who has signed a drop and who could, as people see it.
package struct ApprovalView: Sendable, Hashable {
    /// How many people have to sign it.
    package let needed: Int
    /// Who has.
    package let signers: [Signer]
    /// Who else could.
    package let couldSign: [String]
    /// Why other signatures do not count.
    package let remarks: [String]

    init(_ approvals: DropApprovals) {
        needed = approvals.needed
        signers = approvals.signers
        couldSign = approvals.others
        remarks = approvals.remarks
    }

    /// `1 of 2 people have signed (alice@example.com); bob@example.com could`
    package var summary: String {
        let names = signers.isEmpty ? "" : " (\(signers.map(\.name).joined(separator: ", ")))"
        let others =
            couldSign.isEmpty ? "nobody else could" : couldSign.joined(separator: ", ") + " could"
        let people = needed == 1 ? "person has" : "people have"
        return "\(signers.count) of \(needed) \(people) signed\(names); \(others)"
    }

    package var members: [OrderedJSON.Member] {
        [
            .init("needed", .integer(Int64(needed))),
            .init("signers", .array(signers.map(\.json))),
            .init("couldSign", .array(couldSign.map(OrderedJSON.string))),
            .init("remarks", .array(remarks.map(OrderedJSON.string))),
        ]
    }
}
