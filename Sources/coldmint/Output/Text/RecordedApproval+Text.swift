import Station

extension RecordedApproval {
    /// Who asked, who approved, and by which list they could.
    var lines: [String] {
        let people = signers.enumerated().map { index, signer in
            "\(index == 0 ? "asked for" : "approved") by \(signer.name) (\(signer.key))"
        }
        return people + ["under the list of signers \(list)"]
    }
}
