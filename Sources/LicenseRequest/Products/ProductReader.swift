import CalendarTime
import LicenseToken
import PayloadSchema
import Signatures
import StrictJSON

/// Reads a product's file strictly: what has no meaning is a problem, never ignored.
struct ProductReader {
    static let maximumProblems = 100
    private static let maximumApprovals = 100
    private static let maximumTitleLength = 200

    private let name: String
    private let rules: PayloadRules
    private(set) var problems = ProblemList(limit: Self.maximumProblems)

    init(name: String, rules: PayloadRules) {
        self.name = name
        self.rules = rules
    }

    /// `nil` where it has a problem.
    mutating func read(_ root: JSONValue, digest: SHA256Digest) -> Product? {
        if let fault = TextRule.customer.fault(name) {
            let message = fault.replacing("customer", with: "the name of the file without .json")
            problems.add(.invalidValue, at: .root, root, message)
        }
        guard root.kind == .object else {
            problems.add(.wrongType, at: .root, root, "a product is a JSON object")
            return nil
        }
        refuseUnknownMembers(
            of: root, at: .root, known: ["title", "payload", "plans", "term", "approvals"])
        let schema = self.schema(root)
        let plans = self.plans(root)
        if let schema, problems.isEmpty { checkClaims(of: plans, schema, root) }
        let product = Product(
            name: name, title: title(root), digest: digest, schema: schema ?? .anything,
            plans: plans, term: term(root),
            approvals: count("approvals", of: root, at: .root, 1...Self.maximumApprovals))
        return problems.isEmpty && schema != nil ? product : nil
    }

    private mutating func refuseUnknownMembers(
        of object: JSONValue, at pointer: JSONPointer, known: [String]
    ) {
        for member in object.members where !known.contains(member.name) {
            problems.add(
                .unknownMember, at: pointer.appending(member: member.name), nameOf: member,
                "there is no such member: it may have \(known.joined(separator: ", "))")
        }
    }

    private mutating func title(_ root: JSONValue) -> String? {
        guard let value = root.member("title") else { return nil }
        let limit = Self.maximumTitleLength
        guard let title = value.string, !title.isEmpty, title.unicodeScalars.count <= limit else {
            problems.add(
                .invalidValue, at: .root.appending(member: "title"), value,
                "title is a text of 1 to \(limit) characters")
            return nil
        }
        return title
    }

    private mutating func schema(_ root: JSONValue) -> PayloadSchema? {
        guard let value = root.member("payload") else {
            problems.add(
                .missingMember, at: .root, root,
                "the member 'payload' is missing, the schema of what it sells: {} takes anything")
            return nil
        }
        do throws(SchemaFaults) {
            return try PayloadSchema(value, at: .root.appending(member: "payload"))
        } catch {
            for fault in error.faults {
                problems.add(
                    Problem(.invalidValue, at: fault.pointer, offset: fault.offset, fault.message),
                    in: root.document)
            }
            return nil
        }
    }

    /// Their claims have to be such as a payload may have.
    private mutating func plans(_ root: JSONValue) -> [Product.Plan] {
        guard let value = root.member("plans") else { return [] }
        let pointer = JSONPointer.root.appending(member: "plans")
        guard value.kind == .object else {
            problems.add(.wrongType, at: pointer, value, "plans is an object of plans by name")
            return []
        }
        return value.members.map { member in
            let claims = pointer.appending(member: member.name)
            if let fault = TextRule.name.fault(member.name) {
                problems.add(.invalidValue, at: claims, nameOf: member, "of a plan, the \(fault)")
            }
            if member.value.kind == .object {
                _ = rules.check(member.value, at: claims, &problems)
            } else {
                problems.add(
                    .wrongType, at: claims, member.value, "a plan is an object of claims")
            }
            return Product.Plan(name: member.name, claims: Array(member.value.members))
        }
    }

    /// What a plan lacks the request may give; what it has must be such as the schema takes.
    private mutating func checkClaims(
        of plans: [Product.Plan], _ schema: PayloadSchema, _ root: JSONValue
    ) {
        for plan in plans {
            for problem in schema.problems(inPayload: plan.claims) {
                guard case .member(let name)? = problem.path.first,
                    let claim = plan.claims.first(where: { $0.name.utf8.elementsEqual(name.utf8) })
                else { continue }
                problems.add(
                    .payloadMismatch,
                    at: .root.appending(member: "plans").appending(member: plan.name)
                        .appending(member: name), nameOf: claim,
                    "its own schema does not take this claim: \(problem.message)")
            }
        }
    }

    // MARK: - Terms

    private mutating func term(_ root: JSONValue) -> TermRules {
        var term = TermRules()
        guard let value = root.member("term") else { return term }
        let pointer = JSONPointer.root.appending(member: "term")
        guard value.kind == .object else {
            problems.add(.wrongType, at: pointer, value, "term is an object")
            return term
        }
        refuseUnknownMembers(
            of: value, at: pointer,
            known: ["default", "maximum", "graceDays", "noticeDays", "perpetual", "endOfDay"])
        term.standard = period("default", of: value, at: pointer)
        term.maximum = period("maximum", of: value, at: pointer)
        checkLengths(term, value, at: pointer)
        term.graceDays = count("graceDays", of: value, at: pointer, LicenseTerm.possibleDays)
        term.noticeDays = count("noticeDays", of: value, at: pointer, LicenseTerm.possibleDays)
        term.allowsPerpetual = flag("perpetual", of: value, at: pointer)
        term.endsWithDay = flag("endOfDay", of: value, at: pointer) ?? false
        return term
    }

    /// Held against each other on one day: no length of a month turns their order round.
    private mutating func checkLengths(
        _ term: TermRules, _ object: JSONValue, at pointer: JSONPointer
    ) {
        guard let maximum = term.maximum, let value = object.member("maximum") else { return }
        let day = Timestamp(secondsSinceEpoch: 0)
        let standard = term.standard ?? .years(1)
        guard let end = day?.adding(standard), let last = day?.adding(maximum), end > last else {
            return
        }
        problems.add(
            .invalidValue, at: pointer.appending(member: "maximum"), value,
            "a request that gives no expiresAt lasts \(standard.words), which is more than "
                + "\(maximum.words): give a default that is not longer")
    }

    private mutating func period(
        _ name: String, of object: JSONValue, at pointer: JSONPointer
    ) -> Period? {
        guard let value = object.member(name) else { return nil }
        if let period = value.string.flatMap({ Period($0) }) { return period }
        problems.add(
            .invalidValue, at: pointer.appending(member: name), value,
            "\(name) is a number of years, months or days: \"1y\", \"6m\", \"90d\"")
        return nil
    }

    private mutating func count(
        _ name: String, of object: JSONValue, at pointer: JSONPointer, _ range: ClosedRange<Int>
    ) -> Int? {
        guard let value = object.member(name) else { return nil }
        if let count = value.exactNumber?.integer, range.contains(count) { return count }
        problems.add(
            .invalidValue, at: pointer.appending(member: name), value,
            "\(name) is a whole number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    private mutating func flag(
        _ name: String, of object: JSONValue, at pointer: JSONPointer
    ) -> Bool? {
        guard let value = object.member(name) else { return nil }
        if let flag = value.bool { return flag }
        problems.add(
            .wrongType, at: pointer.appending(member: name), value, "\(name) is true or false")
        return nil
    }
}
