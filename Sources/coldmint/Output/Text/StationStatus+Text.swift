import CalendarTime
import Console
import LicenseToken
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
            "licenses  \(counts.valid) valid, \(counts.notYetValid) not yet valid, "
                + (counts.inGrace > 0 ? "\(counts.inGrace) in grace, " : "")
                + "\(counts.expired) expired, \(counts.deleted) deleted")
        lines.append("inbox     \(counted(waiting, "drop")) waiting, \(claimed) taken up")
        lines += ignored.map { "ignored   \($0): the names of drops end in .json" }
        lines += awaitingApproval.flatMap(\.lines)
        lines += signaturesWithoutDrop.map {
            "signature \($0): there is no drop of that name yet"
        }
        lines += unfinishedRuns.map { "run       \($0) was cut off; the next one finishes it" }
        if let refusal { lines.append("refusal   \(refusal)") }
        lines += expiring.map {
            "expires   \($0.term.expiresAt.orNever)  \($0.customer)  \($0.name)"
        }
        return lines + nextStep
    }

    /// For whoever has issued nothing yet.
    private var nextStep: [String] {
        guard counts.total == 0 else { return [] }
        guard waiting + claimed == 0 else {
            return waiting + claimed > awaitingApproval.count ? ["next      'coldmint run'"] : []
        }
        return [
            "next      drop a request into \(inbox), a file whose name ends in .json, then "
                + "'coldmint run'"
        ]
    }
}

extension AwaitingApproval {
    /// Who has signed it and who could, by when, and why other signatures do not count.
    fileprivate var lines: [String] {
        let end = refusedAt.map { "; refused at \($0)" } ?? ""
        return ["approval  \(file): \(approvals.summary)\(end)"]
            + approvals.remarks.map { "          \($0)" }
    }
}
