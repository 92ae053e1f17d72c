import Console
import LicenseRequest
import Station

extension SignersReport {
    /// What the list means, in words.
    var lines: [String] {
        entries.map(\.words) + [summary] + [shortage].compactMap(\.self) + [
            "the SHA-256 of \(file) is \(digest)"
        ]
    }

    private var summary: String {
        let keys = counted(entries.count, "key")
        let who = countedPeople(people)
        guard let approvals else { return "\(who) with \(keys) may ask" }
        let exceptions = approvals.approvalsFor.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { ", one with a request to \($0.key.rawValue) \($0.value)" }
        return
            "\(who) with \(keys) may ask; a drop needs \(counted(approvals.approvals, "approval"))"
            + exceptions.joined()
    }
}

func countedPeople(_ count: Int) -> String {
    count == 1 ? "1 person" : "\(count) people"
}

extension SignersReport.Entry {
    var line: String {
        [person, state.rawValue, keyType, key].map(Terminal.plain).joined(separator: "\t")
    }

    /// `alice@example.com may sign with the key SHA256:…, until 2027-01-01T00:00:00Z`
    fileprivate var words: String {
        let device = isSecurityKey ? "the security key, which has to be touched, " : "the key "
        var parts = ["\(person) may sign with \(device)\(key)"]
        if let validAfter { parts.append("from \(validAfter)") }
        if let validBefore { parts.append("until \(validBefore)") }
        if let namespaces { parts.append("for \(namespaces)") }
        switch state {
        case .valid: break
        case .notYetValid: parts.append("and so not yet")
        case .expired: parts.append("and so no longer")
        case .otherNamespace: parts.append("and so not for this station")
        }
        return parts.joined(separator: ", ")
    }
}

extension SignersFaults {
    /// `signers:3: …`
    var lines: [String] { faults.map { "\(file):\($0.line): \($0.message)" } }
}
