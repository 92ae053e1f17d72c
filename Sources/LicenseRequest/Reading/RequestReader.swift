import CalendarTime
import LicenseToken
import StrictJSON

/// Reads one request, a JSON object, and adds a problem for every rule that it breaks.
struct RequestReader {
    let object: JSONValue
    let pointer: JSONPointer
    let rules: RequestRules

    private let knownMembers: [(name: String, value: JSONValue)]

    init(_ object: JSONValue, at pointer: JSONPointer, rules: RequestRules) {
        self.object = object
        self.pointer = pointer
        self.rules = rules
        knownMembers = object.members.compactMap { member in
            let name = member.name
            return ActionName.allMembers.contains(name) ? (name, member.value) : nil
        }
    }

    /// A member that requests may have. Looks only among those, so that an object with a flood of
    /// others is gone through once.
    func member(_ name: String) -> JSONValue? {
        knownMembers.first { $0.name == name }?.value
    }

    /// Whether the request can only take a name and never set one free. Known of unreadable
    /// requests too.
    var onlyAddsNames: Bool {
        guard let action = member("action") else { return true }
        return ["create", "deliver"].contains(action.string)
    }

    /// `nil` where the request has a problem.
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
        guard let value = member("action") else { return .create }
        let memberPointer = pointer.appending(member: "action")
        guard let text = value.string else {
            problems.add(.wrongType, at: memberPointer, value, "action must be a string")
            return nil
        }
        if let name = ActionName(rawValue: text) { return name }
        let all = ActionName.allCases.map(\.rawValue).joined(separator: ", ")
        problems.add(
            .invalidValue, at: memberPointer, value, "unknown action: the actions are \(all)")
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
        let supersedes = optional(.supersedes, &problems).flatMap { LicenseID($0) }
        let product = namedProduct(&problems)
        // What is wrong with a product that is not there is said already.
        let known = product ?? NamedProduct(name: "")
        let term = self.term(known, &problems)
        let payload = self.payload(known, term, &problems)
        guard let name, let customer, let term, let product, let payload else { return nil }
        return CreateRequest(
            name: name, customer: customer, description: description, term: term,
            payload: payload, product: product.product.map { $0.sold(as: product.plan) },
            approvals: product.product?.approvals, supersedes: supersedes)
    }

    private func update(_ problems: inout ProblemList) -> UpdateRequest? {
        let license = self.license(&problems)
        let name = optional(.name, &problems)
        let isCleared = member("description")?.kind == .null
        let text = isCleared ? nil : optional(.description, &problems)
        if member("name") == nil && member("description") == nil {
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
