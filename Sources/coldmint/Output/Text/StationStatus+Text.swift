import Console
import Station

extension StationStatus {
    var lines: [String] {
        var lines = keys.flatMap { key in
            [
                "key       \(key.kid)  \(key.state.rawValue) since \(key.stateSince)",
                "          fingerprint \(key.fingerprint)",
            ]
        }
        lines.append(
            "licenses  \(valid) valid, \(notYetValid) not yet valid, \(expired) expired, "
                + "\(deleted) deleted")
        lines.append("inbox     \(counted(waiting, "drop")) waiting, \(claimed) taken up")
        lines += ignored.map { "ignored   \($0): the names of drops end in .json" }
        lines += awaitingApproval.map { "approval  \($0.file): \($0.approvals.summary)" }
        lines += unfinishedRuns.map { "run       \($0) was cut off; the next one finishes it" }
        lines += expiring.map { "expires   \($0.expiresAt)  \($0.customer)  \($0.name)" }
        return lines + nextStep
    }

    /// For whoever has issued nothing yet.
    private var nextStep: [String] {
        guard valid + notYetValid + expired + deleted == 0 else { return [] }
        guard waiting + claimed == 0 else { return ["next      'coldmint run'"] }
        return [
            "next      drop a request into \(inbox), a file whose name ends in .json, then "
                + "'coldmint run'"
        ]
    }
}
