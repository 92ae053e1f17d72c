import PlainText
import Signatures

/// Sees to it that two people of the file are two people: approvals are counted by names.
enum IdentityCheck {
    private struct Owner {
        let person: String
        let line: Int
    }

    /// At most one for each line, in the order of lines.
    static func faults(among entries: [AllowedSigners.Entry]) -> [AllowedSignersError.Fault] {
        // Text compares equal where only the normal form differs, which is what a person sees.
        var people: [String: Owner] = [:]
        var keys: [VerificationKey: Owner] = [:]
        var otherNames: [String: Owner] = [:]
        var faults: [AllowedSignersError.Fault] = []
        for entry in entries {
            let person = entry.person.caseFolded
            let owner = Owner(person: entry.person, line: entry.line)
            people[person] = people[person] ?? owner
            keys[entry.publicKey.key] = keys[entry.publicKey.key] ?? owner
            for name in entry.otherNames.map(\.caseFolded) where name != person {
                otherNames[name] = otherNames[name] ?? owner
            }
        }
        for entry in entries {
            let person = entry.person.caseFolded
            let reason: AllowedSignersError.Reason?
            if let first = people[person], Array(first.person.utf8) != Array(entry.person.utf8) {
                reason = .sameNameInOtherCase(first.person, line: first.line)
            } else if let owner = keys[entry.publicKey.key], owner.person.caseFolded != person {
                reason = .keyOfAnother(owner.person, line: owner.line)
            } else if let owner = otherNames[person], owner.person.caseFolded != person {
                reason = .nameOfAnother(entry.person, line: owner.line)
            } else {
                reason = nil
            }
            if let reason { faults.append(.init(line: entry.line, reason: reason)) }
        }
        return faults
    }
}
