import CalendarTime
import LicenseToken
import StrictJSON

/// Reads one request, an object, and notes every rule that it breaks.
struct RequestReader {
    let object: JSONValue
    let pointer: JSONPointer
    let rules: RequestRules

    init(_ object: JSONValue, at pointer: JSONPointer, rules: RequestRules) {
        self.object = object
        self.pointer = pointer
        self.rules = rules
    }

    /// What a request may ask for, as it is written.
    private enum ActionName: String, CaseIterable {
        case create, update, delete, deliver

        var members: [String] {
            let own =
                switch self {
                case .create:
                    ["name", "customer", "description", "notBefore", "expiresAt", "payload"]
                case .update: ["license", "name", "description"]
                case .delete: ["license", "name"]
                case .deliver: ["customer"]
                }
            return ["action", "requestId"] + own
        }
    }

    /// Whether the request, readable or not, can only add a name, and never set one free.
    var onlyAddsNames: Bool {
        guard let action = object.member("action") else { return true }
        return ["create", "deliver"].contains(action.string)
    }

    /// `nil` where a problem was noted.
    func read(_ problems: inout ProblemList) -> Request? {
        let found = problems.problems.count
        let requestID = optional(.requestID, &problems)
        let action = actionName(&problems).flatMap { self.action(of: $0, &problems) }
        let isFaultless = problems.problems.count == found
        if let requestID, !isFaultless { problems.attribute(from: found, to: requestID) }
        guard isFaultless, let action else { return nil }
        return Request(action: action, requestID: requestID, object: object, pointer: pointer)
    }

    private func actionName(_ problems: inout ProblemList) -> ActionName? {
        guard let value = object.member("action") else { return .create }
        let place = pointer.appending(member: "action")
        guard let text = value.string else {
            problems.add(.wrongType, at: place, value, "action must be a string")
            return nil
        }
        if let name = ActionName(rawValue: text) { return name }
        let all = ActionName.allCases.map(\.rawValue).joined(separator: ", ")
        problems.add(.invalidValue, at: place, value, "unknown action: the actions are \(all)")
        return nil
    }

    private func action(of name: ActionName, _ problems: inout ProblemList) -> Request.Action? {
        refuseUnknownMembers(name, &problems)
        switch name {
        case .create: return create(&problems).map(Request.Action.create)
        case .update: return update(&problems).map(Request.Action.update)
        case .delete:
            let license = self.license(&problems)
            let confirmation = required(.name, &problems)
            guard let license, let confirmation else { return nil }
            return .delete(DeleteRequest(license: license, name: confirmation))
        case .deliver:
            return required(.customer, &problems).map { .deliver(customer: $0) }
        }
    }

    private func create(_ problems: inout ProblemList) -> CreateRequest? {
        let name = required(.name, &problems)
        let customer = required(.customer, &problems)
        let description = optional(.description, &problems)
        let term = self.term(&problems)
        let payload = self.payload(&problems)
        guard let name, let customer, let term, let payload else { return nil }
        return CreateRequest(
            name: name, customer: customer, description: description, notBefore: term.notBefore,
            expiresAt: term.expiresAt, payload: payload)
    }

    private func update(_ problems: inout ProblemList) -> UpdateRequest? {
        let license = self.license(&problems)
        let name = optional(.name, &problems)
        let isCleared = object.member("description")?.kind == .null
        let text = isCleared ? nil : optional(.description, &problems)
        if object.member("name") == nil && object.member("description") == nil {
            problems.add(
                .missingMember, at: pointer, object,
                "an update gives a name, a description, or both: neither is there")
        }
        return license.map {
            UpdateRequest(
                license: $0, name: name,
                description: isCleared ? .cleared : text.map { .replaced($0) })
        }
    }
}

// MARK: - Members

extension RequestReader {
    /// What a license is issued with and never changes afterwards.
    private static let immutableMembers = ["payload", "notBefore", "expiresAt", "customer"]

    private func refuseUnknownMembers(_ action: ActionName, _ problems: inout ProblemList) {
        let known = action.members
        for member in object.members where !known.contains(member.name) {
            let place = pointer.appending(member: member.name)
            if action == .update && Self.immutableMembers.contains(member.name) {
                problems.add(
                    .immutableMember, at: place, member.namePosition,
                    "the \(member.name) of a license never changes: create another license and "
                        + "delete this one")
                continue
            }
            let likely = known.first { Self.letters($0) == Self.letters(member.name) }
            let advice =
                likely.map { "write '\($0)'" }
                ?? (action == .create ? "remove it, or move it into the payload" : "remove it")
            problems.add(
                .unknownMember, at: place, member.namePosition,
                "a \(action.rawValue) request has no such member: \(advice)")
        }
    }

    /// What remains of `expires_at`, `ExpiresAt` and `expiresAt` alike.
    private static func letters(_ name: String) -> String {
        name.lowercased().filter { $0 != "_" && $0 != "-" }
    }

    private func license(_ problems: inout ProblemList) -> LicenseID? {
        required(.license, &problems).flatMap { LicenseID($0) }
    }

    private func required(_ rule: TextRule, _ problems: inout ProblemList) -> String? {
        if object.member(rule.member) == nil { missing(rule.member, &problems) }
        return text(rule, hint: "", &problems)
    }

    private func optional(_ rule: TextRule, _ problems: inout ProblemList) -> String? {
        text(rule, hint: ": where there is nothing to say, leave it out", &problems)
    }

    private func text(
        _ rule: TextRule, hint: String, _ problems: inout ProblemList
    ) -> String? {
        guard let value = object.member(rule.member) else { return nil }
        let place = pointer.appending(member: rule.member)
        guard let text = value.string else {
            problems.add(.wrongType, at: place, value, "\(rule.member) must be a string\(hint)")
            return nil
        }
        if let fault = rule.fault(text) {
            problems.add(.invalidValue, at: place, value, fault)
            return nil
        }
        return text
    }

    func missing(_ member: String, _ problems: inout ProblemList) {
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
