import LicenseToken

/// Goes through a drop's requests in order and finds out what each would meet: what exists
/// already, and what the requests before it have made of that.
struct DropSimulation<Lookup: LicenseLookup> {
    private enum Holder: Hashable {
        case license(LicenseID)
        /// A license of this drop, whose id nobody knows yet.
        case created
        /// An earlier request has set the name free.
        case nobody
    }

    private let lookup: Lookup
    /// By the bytes of the name, as the ledger compares them; String would take equivalent texts
    /// for equal.
    private var holders: [[UInt8]: Holder] = [:]
    private var renamed: [LicenseID: String] = [:]
    private var deleted: Set<LicenseID> = []
    private var customers: Set<String> = []

    init(against lookup: Lookup) {
        self.lookup = lookup
    }

    /// What an update or deletion takes effect on, as it will be afterwards; `nil` for other
    /// requests, and where that cannot be known.
    enum Outcome {
        case effect(KnownLicense?)
        case problem(Problem)
    }

    mutating func meet(_ request: Request) throws(Lookup.Failure) -> Outcome {
        switch request.action {
        case .create(let create):
            if try holder(of: create.name) != nil { return .problem(request.nameTaken) }
            take(create.name, for: .created)
            customers.insert(create.customer)
            return .effect(nil)
        case .update(let update): return try meet(update, request)
        case .delete(let delete): return try meet(delete, request)
        case .deliver(let customer):
            if customers.contains(customer) { return .effect(nil) }
            return try lookup.hasLiveLicense(of: customer, besides: deleted)
                ? .effect(nil) : .problem(request.nothingToDeliver)
        }
    }

    private mutating func meet(
        _ update: UpdateRequest, _ request: Request
    ) throws(Lookup.Failure) -> Outcome {
        let id = update.license
        let entry = try entry(id)
        if let problem = request.problem(with: entry) { return .problem(problem) }
        guard let name = update.name else { return .effect(entry.registered) }
        let holder = try holder(of: name)
        guard holder == nil || holder == .license(id) else { return .problem(request.nameTaken) }
        if let old = renamed[id] ?? entry.registered?.name { free(old, by: id) }
        take(name, for: .license(id))
        renamed[id] = name
        return .effect(try self.entry(id).registered)
    }

    private mutating func meet(
        _ delete: DeleteRequest, _ request: Request
    ) throws(Lookup.Failure) -> Outcome {
        let entry = try entry(delete.license)
        if let problem = request.problem(with: entry) { return .problem(problem) }
        let name = renamed[delete.license] ?? entry.registered?.name
        if let name, !name.utf8.elementsEqual(delete.name.utf8) {
            return .problem(request.nameMismatch)
        }
        deleted.insert(delete.license)
        free(delete.name, by: delete.license)
        return .effect(entry.registered)
    }

    /// The lookup's entry, as the requests so far have left it.
    private func entry(_ id: LicenseID) throws(Lookup.Failure) -> LookupResult {
        if deleted.contains(id) { return .nothing }
        let entry = try lookup.license(id)
        guard case .license(var license) = entry else { return entry }
        if let name = renamed[id] { license.name = name }
        return .license(license)
    }

    private func holder(of name: String) throws(Lookup.Failure) -> Holder? {
        if let holder = holders[Array(name.utf8)] { return holder == .nobody ? nil : holder }
        return try lookup.liveLicense(named: name).map(Holder.license)
    }

    private mutating func take(_ name: String, for holder: Holder) {
        holders[Array(name.utf8)] = holder
    }

    private mutating func free(_ name: String, by id: LicenseID) {
        let holder = holders[Array(name.utf8)]
        if holder == nil || holder == .license(id) { take(name, for: .nobody) }
    }
}

extension LookupResult {
    fileprivate var registered: KnownLicense? {
        if case .license(let license) = self { license } else { nil }
    }
}

extension Request {
    fileprivate func problem(with entry: LookupResult) -> Problem? {
        switch entry {
        case .unknown: nil
        case .license(let license) where !license.isDeleted: nil
        case .license, .nothing:
            problem(
                .noSuchLicense, at: "license",
                entry.registered == nil
                    ? "there is no live license of this id: 'coldmint list' shows all"
                    : "the license was deleted: it cannot be changed any more")
        }
    }

    fileprivate var nameTaken: Problem {
        problem(
            .nameTaken, at: "name",
            "the name is taken, by a live license or an earlier request of this drop: choose another"
        )
    }

    fileprivate var nameMismatch: Problem {
        problem(
            .nameMismatch, at: "name",
            "the license has another name: write its present one, to confirm that it is meant")
    }

    fileprivate var nothingToDeliver: Problem {
        problem(
            .noSuchLicense, at: "customer",
            "the customer has no live license to deliver: 'coldmint list --customer' shows all")
    }
}
