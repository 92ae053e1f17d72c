import LicenseToken
import PayloadSchema
import PlainText
import StrictJSON

extension RequestReader {
    /// What a request says of its product. Nothing is known of the products themselves in a check
    /// without a station.
    struct NamedProduct {
        var product: Product?
        var plan: Product.Plan?
        var name: String?
        var planName: String?
    }

    /// `nil` where it is at fault.
    func namedProduct(_ problems: inout ProblemList) -> NamedProduct? {
        let found = problems.problems.count
        var named = NamedProduct()
        named.name = optional(.product, &problems)
        named.planName = optional(.plan, &problems)
        guard problems.problems.count == found else { return nil }
        guard let name = named.name else {
            return namesNoProduct(&problems) ? named : nil
        }
        guard !rules.products.areUnknown else { return named }
        guard let product = rules.products.product(named: name) else {
            refuse(.noSuchProduct, "product", name, among: rules.products.names, &problems)
            return nil
        }
        named.product = product
        guard let plan = named.planName else { return named }
        named.plan = product.plan(named: plan)
        if named.plan != nil { return named }
        refuse(.noSuchPlan, "plan", plan, among: product.plans.map(\.name), &problems)
        return nil
    }

    private func namesNoProduct(_ problems: inout ProblemList) -> Bool {
        if let plan = member("plan") {
            problems.add(
                .missingMember, at: pointer.appending(member: "plan"), plan,
                "a plan is one of a product's: give the member 'product' too")
            return false
        }
        guard rules.products.isRequired else { return true }
        var problem = Problem(
            .productRequired, at: pointer, offset: object.offset,
            "this station issues nothing without a product: give the member 'product', "
                + Self.choice(of: rules.products.names))
        problem.missingMember = "product"
        problems.add(problem, in: object.document)
        return false
    }

    private func refuse(
        _ code: Problem.Code, _ member: String, _ name: String, among names: [String],
        _ problems: inout ProblemList
    ) {
        guard let value = self.member(member) else { return }
        problems.add(
            code, at: pointer.appending(member: member), value,
            "there is no such \(member): " + Self.choice(of: names, like: name))
    }

    private static let listedNames = 12

    private static func choice(of names: [String], like name: String? = nil) -> String {
        if names.isEmpty { return "none is there" }
        let nearest = name.flatMap { nearestText(to: $0, among: names) }
        if let nearest { return "did you mean '\(nearest)'?" }
        let listed = names.prefix(listedNames).map { "'\($0.shortened(to: 60))'" }
            .joined(separator: ", ")
        return "choose out of \(listed)"
            + (names.count > listedNames ? " and \(names.count - listedNames) more" : "")
    }

    /// The claims of the token: the plan's and the request's own, as the product wants them.
    ///
    /// - Parameter term: whose claims the payload must not have; `nil` where it is at fault.
    func payload(
        _ named: NamedProduct, _ term: LicenseTerm?, _ problems: inout ProblemList
    ) -> [JSONMember]? {
        guard let value = member("payload") else {
            missing("payload", &problems)
            return nil
        }
        let found = problems.problems.count
        let place = pointer.appending(member: "payload")
        let claims = named.plan?.claims ?? []
        guard rules.payloads.check(value, at: place, beside: claims, &problems) else { return nil }
        let payload = Product.payload(of: named.plan, with: Array(value.members))
        if let term { refuseClaims(of: term, in: value, at: place, claims, &problems) }
        guard let product = named.product, rules.checksSchemas, problems.problems.count == found
        else { return payload }
        for problem in product.schema.problems(inPayload: payload) {
            add(problem, of: value, at: place, &problems)
        }
        if problems.problems.count == found {
            refuseCapitals(in: value, at: place, product, &problems)
        }
        return payload
    }

    /// Some languages read `Seats` as `seats`, of which the schema would not know.
    private func refuseCapitals(
        in payload: JSONValue, at place: JSONPointer, _ product: Product,
        _ problems: inout ProblemList
    ) {
        guard !product.claimNames.isEmpty else { return }
        for member in payload.members
        where !product.fewClaimNames.contains(where: { member.isNamed($0) }) {
            let name = member.name
            let known = product.claimNames[Array(name.caseFolded.utf8)] ?? []
            guard let first = known.first,
                !known.contains(where: { $0.utf8.elementsEqual(name.utf8) })
            else { continue }
            problems.add(
                .payloadMismatch, at: place.appending(member: name), nameOf: member,
                "the product knows no \(name.shortened(to: 200)): write \(first)")
        }
    }

    /// The token has these claims already.
    private func refuseClaims(
        of term: LicenseTerm, in payload: JSONValue, at place: JSONPointer, _ claims: [JSONMember],
        _ problems: inout ProblemList
    ) {
        let names = term.claimNames
        guard !names.isEmpty else { return }
        let isTaken = { (member: JSONMember) in names.contains(member.name.caseFolded) }
        let reason = "is the name of a claim that this license's term has: choose another name"
        for member in payload.members where isTaken(member) {
            problems.add(
                .reservedClaim, at: place.appending(member: member.name), nameOf: member,
                "'\(member.name.caseFolded)' \(reason)")
        }
        if let claim = claims.first(where: isTaken), let plan = self.member("plan") {
            problems.add(
                .reservedClaim, at: pointer.appending(member: "plan"), plan,
                "of this plan's claims, '\(claim.name.caseFolded)' \(reason)")
        }
    }

    /// A claim that the plan gives is told at the plan.
    private func add(
        _ problem: PayloadProblem, of payload: JSONValue, at place: JSONPointer,
        _ problems: inout ProblemList
    ) {
        if case .member(let name)? = problem.path.first, payload.member(name) == nil,
            let plan = member("plan")
        {
            problems.add(
                .payloadMismatch, at: pointer.appending(member: "plan"), plan,
                "of this plan's claims, \(problem.message)")
            return
        }
        let pointer = problem.path.reduce(place) { pointer, step in
            switch step {
            case .member(let name): pointer.appending(member: name)
            case .element(let index): pointer.appending(index: index)
            }
        }
        switch problem.place {
        case .whole: add(problem, at: pointer, payload, &problems)
        case .value(let value): add(problem, at: pointer, value, &problems)
        case .name(let member):
            problems.add(.payloadMismatch, at: pointer, nameOf: member, problem.message)
        }
    }

    private func add(
        _ problem: PayloadProblem, at pointer: JSONPointer, _ value: JSONValue,
        _ problems: inout ProblemList
    ) {
        var mismatch = Problem(
            .payloadMismatch, at: pointer, offset: value.offset, problem.message)
        mismatch.missingMember = problem.missingMember
        problems.add(mismatch, in: value.document)
    }
}
