import LicenseToken
import PlainText
import StrictJSON

extension RequestReader {
    /// The members of a license that never change after it is issued.
    private static let immutableMembers = [
        "payload", "notBefore", "expiresAt", "customer", "product", "plan", "graceDays",
        "noticeDays", "maintainedUntil", "supersedes",
    ]

    func refuseUnknownMembers(_ action: ActionName, _ problems: inout ProblemList) {
        let known = action.members
        for member in object.members where !known.contains(member.name) {
            if problems.isFull { break }
            let memberPointer = pointer.appending(member: member.name)
            if action == .update && Self.immutableMembers.contains(member.name) {
                problems.add(
                    .immutableMember, at: memberPointer, nameOf: member,
                    "the \(member.name) of a license never changes: delete this one, then create "
                        + "another")
                continue
            }
            problems.add(
                .unknownMember, at: memberPointer, nameOf: member,
                "a \(action.rawValue) request has no such member: "
                    + Self.advice(on: member.name, action))
        }
    }

    private static func advice(on name: String, _ action: ActionName) -> String {
        let letters = letters(name)
        if let same = action.members.first(where: { Self.letters($0) == letters }) {
            return "write '\(same)'"
        }
        if let near = nearest(to: letters, among: action.members) {
            return "did you mean '\(near)'?"
        }
        return action == .create ? "remove it, or move it into the payload" : "remove it"
    }

    /// The member that a name of these letters was probably meant to be: one that is a slip or two
    /// away, but not more than a quarter of its length.
    private static func nearest(to letters: String, among members: [String]) -> String? {
        guard letters.unicodeScalars.count <= longestComparedCount else { return nil }
        return
            members
            .map { (name: $0, distance: editDistance(letters, Self.letters($0))) }
            .filter { $0.distance <= min(2, $0.name.count / 4) }
            .min { $0.distance < $1.distance }?.name
    }

    /// A longer name is not compared, since that takes quadratic time.
    private static let longestComparedCount = 32

    /// The letters of a name, the same for `expires_at`, `ExpiresAt` and `expiresAt`.
    private static func letters(_ name: String) -> String {
        name.lowercased().filter { $0 != "_" && $0 != "-" }
    }

    func license(_ problems: inout ProblemList) -> LicenseID? {
        required(.license, &problems).flatMap { LicenseID($0) }
    }

    func required(_ rule: TextRule, _ problems: inout ProblemList) -> String? {
        if member(rule.member) == nil { missing(rule.member, &problems) }
        return text(rule, hint: "", &problems)
    }

    func optional(_ rule: TextRule, _ problems: inout ProblemList) -> String? {
        text(rule, hint: ": where there is nothing to say, leave it out", &problems)
    }

    private func text(
        _ rule: TextRule, hint: String, _ problems: inout ProblemList
    ) -> String? {
        guard let value = member(rule.member) else { return nil }
        guard let text = value.string else {
            problems.add(
                .wrongType, at: pointer.appending(member: rule.member), value,
                "\(rule.member) must be a string\(hint)")
            return nil
        }
        if let fault = rule.fault(text) {
            problems.add(
                .invalidValue, at: pointer.appending(member: rule.member), value, fault)
            return nil
        }
        return text
    }

    func missing(_ member: String, _ problems: inout ProblemList) {
        var problem = Problem(
            .missingMember, at: pointer, offset: object.offset, "the member '\(member)' is missing")
        problem.missingMember = member
        problems.add(problem, in: object.document)
    }
}
