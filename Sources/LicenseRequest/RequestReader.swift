import RFC3339
import StrictJSON

/// Reads one request, an object, and notes every rule that it breaks.
struct RequestReader {
    private static let actions = ["create", "update", "delete", "deliver"]
    private static let members = [
        "action", "requestId", "name", "customer", "description", "notBefore", "expiresAt",
        "payload",
    ]

    private let object: JSONValue
    private let pointer: JSONPointer
    private let rules: RequestRules

    init(_ object: JSONValue, at pointer: JSONPointer, rules: RequestRules) {
        self.object = object
        self.pointer = pointer
        self.rules = rules
    }

    /// `nil` where a problem was noted.
    func read(_ problems: inout ProblemList) -> Request? {
        let found = problems.problems.count
        let requestID = text(Self.requestIDRule, &problems)
        let request = isCreate(&problems) ? create(requestID, &problems) : nil
        let isFaultless = problems.problems.count == found
        if let requestID, !isFaultless { problems.attribute(from: found, to: requestID) }
        return isFaultless ? request : nil
    }

    private func create(_ requestID: String?, _ problems: inout ProblemList) -> Request? {
        refuseUnknownMembers(&problems)
        let name = text(Self.nameRule, &problems)
        let customer = text(Self.customerRule, &problems)
        let description = text(Self.descriptionRule, &problems)
        let term = term(&problems)
        let payload = payload(&problems)
        guard let nameValue = object.member("name"), let name, let customer, let term, let payload
        else { return nil }
        return .create(
            CreateRequest(
                name: name, customer: customer, description: description,
                notBefore: term.notBefore, expiresAt: term.expiresAt, payload: payload,
                requestID: requestID, nameValue: nameValue, pointer: pointer))
    }

    private func isCreate(_ problems: inout ProblemList) -> Bool {
        guard let action = object.member("action") else { return true }
        let place = pointer.appending(member: "action")
        guard let name = action.string else {
            problems.add(.wrongType, at: place, action, "action must be a string")
            return false
        }
        if name == "create" { return true }
        let message =
            Self.actions.contains(name)
            ? "this version of coldmint handles the action create only"
            : "unknown action: the actions are \(Self.actions.joined(separator: ", "))"
        problems.add(.invalidValue, at: place, action, message)
        return false
    }

    private func refuseUnknownMembers(_ problems: inout ProblemList) {
        for member in object.members where !Self.members.contains(member.name) {
            let likely = Self.members.first { Self.letters($0) == Self.letters(member.name) }
            problems.add(
                .unknownMember, at: pointer.appending(member: member.name), member.namePosition,
                likely.map { "a request has no such member: write '\($0)'" }
                    ?? "a request has no such member: remove it, or move it into the payload")
        }
    }

    /// What remains of `expires_at`, `ExpiresAt` and `expiresAt` alike.
    private static func letters(_ name: String) -> String {
        name.lowercased().filter { $0 != "_" && $0 != "-" }
    }

    private func text(_ rule: TextRule, _ problems: inout ProblemList) -> String? {
        guard let value = object.member(rule.member) else {
            if rule.isRequired { missing(rule.member, &problems) }
            return nil
        }
        let place = pointer.appending(member: rule.member)
        guard let text = value.string else {
            problems.add(
                .wrongType, at: place, value,
                "\(rule.member) must be a string"
                    + (rule.isRequired ? "" : ": where there is nothing to say, leave it out"))
            return nil
        }
        if let fault = rule.fault(text) {
            problems.add(.invalidValue, at: place, value, fault)
            return nil
        }
        return text
    }

    private func missing(_ member: String, _ problems: inout ProblemList) {
        problems.add(.missingMember, at: pointer, object, "the member '\(member)' is missing")
    }

    private func payload(_ problems: inout ProblemList) -> JSONValue? {
        guard let value = object.member("payload") else {
            missing("payload", &problems)
            return nil
        }
        let place = pointer.appending(member: "payload")
        return PayloadRules(reservedClaims: rules.reservedClaims)
            .check(value, at: place, &problems) ? value : nil
    }
}

// MARK: - Term

extension RequestReader {
    private func term(
        _ problems: inout ProblemList
    ) -> (notBefore: Timestamp, expiresAt: Timestamp)? {
        let today = rules.now.startOfDay
        guard
            let notBefore = date("notBefore", default: today, &problems),
            let expiresAt = date("expiresAt", default: today.oneYearLater, &problems)
        else { return nil }
        let end = object.member("expiresAt")
        let place = pointer.appending(member: end == nil ? "notBefore" : "expiresAt")
        let value = end ?? object.member("notBefore") ?? object
        if expiresAt <= notBefore {
            problems.add(
                .datesOutOfOrder, at: place, value,
                end == nil
                    ? "begins after the default end, \(expiresAt): give expiresAt too"
                    : "expiresAt must be later than notBefore, \(notBefore)")
        }
        if expiresAt <= rules.now {
            problems.add(
                .alreadyExpired, at: place, value,
                "\(expiresAt) is past: give a date later than now, \(rules.now)")
        }
        return (notBefore, expiresAt)
    }

    private func date(
        _ member: String, default fallback: Timestamp?, _ problems: inout ProblemList
    ) -> Timestamp? {
        let place = pointer.appending(member: member)
        guard let value = object.member(member) else {
            if fallback == nil { missing(member, &problems) }
            return fallback
        }
        guard let text = value.string else {
            problems.add(
                .wrongType, at: place, value, "\(member) must be a string: \(DateError.malformed)")
            return nil
        }
        do throws(DateError) {
            return try Timestamp(parsing: text)
        } catch {
            problems.add(.invalidDate, at: place, value, "\(error)")
            return nil
        }
    }
}
