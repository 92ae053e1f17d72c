package import LicenseToken
import StrictJSON

/// Goes through a drop's requests in order and finds out what each would meet: what exists
/// already, and what the requests before it have made of that.
package struct DropSimulation<Lookup: LicenseLookup> {
    private enum NameHolder: Hashable {
        case license(LicenseID)
        /// A license of this drop, whose id nobody knows yet.
        case created
        /// An earlier request has set the name free.
        case nobody
    }

    private let lookup: Lookup
    /// By the bytes of the name, as the ledger compares them; String would take equivalent texts
    /// for equal.
    private var holders: [[UInt8]: NameHolder] = [:]
    private var renamed: [LicenseID: String] = [:]
    private var deleted: Set<LicenseID> = []
    /// Licenses that one of this drop follows.
    private var superseded: Set<LicenseID> = []
    /// By customer: live licenses before the drop, and how many more or fewer it has made of them.
    private var countsBefore: [String: Int] = [:]
    private var countChanges: [String: Int] = [:]
    private var problemList: ProblemList

    /// Begins with what is wrong with the drop whatever exists.
    package init(of content: DropContent, against lookup: Lookup) {
        self.lookup = lookup
        problemList = content.ownProblems
    }

    /// For requests of which nobody knows yet whether they are all.
    package init(under rules: RequestRules, against lookup: Lookup) {
        self.lookup = lookup
        problemList = ProblemList(limit: rules.maximumProblems)
    }

    /// The drop may take effect only where there are none.
    package var problems: ProblemList { problemList }

    /// What a request would bring about.
    package enum Effect: Sendable {
        /// A problem was noted, or there are too many already.
        case refused
        /// The license that an update or deletion takes effect on, as it will be afterwards, or that
        /// a new one follows; `nil` for other requests, and where that cannot be known.
        case allowed(IssuedLicense?)
    }

    package mutating func apply(_ request: Request) throws(Lookup.Failure) -> Effect {
        guard !problemList.isFull else { return .refused }
        do throws(Interruption) {
            return .allowed(try effect(of: request))
        } catch {
            switch error {
            case .problem(let problem): problemList.add(problem, in: request.object.document)
            case .failure(let failure): throw failure
            }
            return .refused
        }
    }

    /// Why a request is not gone through to its end.
    private enum Interruption: Error {
        case problem(Problem)
        case failure(Lookup.Failure)
    }

    private mutating func effect(of request: Request) throws(Interruption) -> IssuedLicense? {
        switch request.action {
        case .create(let create):
            if try holder(of: create.name) != nil { throw .problem(request.nameTaken) }
            var predecessor: IssuedLicense?
            if let id = create.supersedes {
                predecessor = try self.predecessor(id, of: create, request)
            }
            take(create.name, for: .created)
            countChanges[create.customer, default: 0] += 1
            return predecessor
        case .update(let update): return try effect(of: update, request)
        case .delete(let delete): return try effect(of: delete, request)
        case .deliver(let customer):
            if try liveLicenseCount(of: customer) == 0 {
                throw .problem(request.nothingToDeliver)
            }
            return nil
        }
    }

    /// A license has one successor; one that was deleted without a successor does not count.
    private mutating func predecessor(
        _ id: LicenseID, of create: CreateRequest, _ request: Request
    ) throws(Interruption) -> IssuedLicense? {
        var predecessor: IssuedLicense?
        switch try asked({ () throws(Lookup.Failure) in try lookup.license(id) }) {
        case .live(let license), .deleted(let license):
            guard license.customer == create.customer else {
                throw .problem(request.foreignPredecessor)
            }
            predecessor = license
        case .nothing: throw .problem(request.noPredecessor)
        case .unknown: break
        }
        let successors = try asked { () throws(Lookup.Failure) in
            try lookup.successors(of: id)
        }
        // One that was deleted may have been followed by another one.
        let successor = successors.first {
            $0.isLive && !deleted.contains($0.id) || superseded.contains($0.id)
        }
        if let successor { throw .problem(request.alreadySuperseded(by: "\(successor.id)")) }
        guard superseded.insert(id).inserted else {
            throw .problem(request.alreadySuperseded(by: "an earlier request of this drop"))
        }
        return predecessor
    }

    private mutating func effect(
        of update: UpdateRequest, _ request: Request
    ) throws(Interruption) -> IssuedLicense? {
        let id = update.license
        var license = try liveLicense(id, for: request)
        guard let name = update.name else { return license }
        let holder = try holder(of: name)
        guard holder == nil || holder == .license(id) else { throw .problem(request.nameTaken) }
        if let old = renamed[id] ?? license?.name { free(old, by: id) }
        take(name, for: .license(id))
        renamed[id] = name
        license?.name = name
        return license
    }

    private mutating func effect(
        of delete: DeleteRequest, _ request: Request
    ) throws(Interruption) -> IssuedLicense? {
        let license = try liveLicense(delete.license, for: request)
        let name = renamed[delete.license] ?? license?.name
        if let name, !name.utf8.elementsEqual(delete.name.utf8) {
            throw .problem(request.nameMismatch)
        }
        deleted.insert(delete.license)
        if let license { countChanges[license.customer, default: 0] -= 1 }
        free(delete.name, by: delete.license)
        return license
    }

    /// The live license that a request is about, as the requests so far have left it; `nil` where
    /// nobody can tell.
    private func liveLicense(
        _ id: LicenseID, for request: Request
    ) throws(Interruption) -> IssuedLicense? {
        if deleted.contains(id) { throw .problem(request.noSuchLicense) }
        switch try asked({ () throws(Lookup.Failure) in try lookup.license(id) }) {
        case .live(var license):
            if let name = renamed[id] { license.name = name }
            return license
        case .deleted: throw .problem(request.licenseDeleted)
        case .nothing: throw .problem(request.noSuchLicense)
        case .unknown: return nil
        }
    }

    private func holder(of name: String) throws(Interruption) -> NameHolder? {
        if let holder = holders[Array(name.utf8)] { return holder == .nobody ? nil : holder }
        return try asked { () throws(Lookup.Failure) in try lookup.liveLicense(named: name) }
            .map(NameHolder.license)
    }

    private mutating func take(_ name: String, for holder: NameHolder) {
        holders[Array(name.utf8)] = holder
    }

    private mutating func free(_ name: String, by id: LicenseID) {
        let holder = holders[Array(name.utf8)]
        if holder == nil || holder == .license(id) { take(name, for: .nobody) }
    }

    /// The look-up is asked once for each customer: a drop may hold many deliveries to the same one.
    private mutating func liveLicenseCount(of customer: String) throws(Interruption) -> Int? {
        if countsBefore[customer] == nil {
            countsBefore[customer] = try asked { () throws(Lookup.Failure) in
                try lookup.liveLicenseCount(of: customer)
            }
        }
        return countsBefore[customer].map { $0 + countChanges[customer, default: 0] }
    }

    private func asked<Answer>(
        _ question: () throws(Lookup.Failure) -> Answer
    ) throws(Interruption) -> Answer {
        do throws(Lookup.Failure) {
            return try question()
        } catch {
            throw .failure(error)
        }
    }
}

extension DropContent {
    /// What is wrong with the drop, held against what exists already.
    package func problems<Lookup: LicenseLookup>(
        against lookup: Lookup
    ) throws(Lookup.Failure) -> [Problem] {
        var simulation = DropSimulation(of: self, against: lookup)
        for request in requests { _ = try simulation.apply(request) }
        return simulation.problems.inOrder
    }
}

extension Request {
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

    fileprivate var noSuchLicense: Problem {
        problem(
            .noSuchLicense, at: "license",
            "there is no live license of this id: 'coldmint list' shows all")
    }

    fileprivate var licenseDeleted: Problem {
        problem(
            .noSuchLicense, at: "license",
            "the license was deleted: it cannot be changed any more")
    }

    fileprivate var noPredecessor: Problem {
        problem(
            .noSuchLicense, at: "supersedes",
            "there is no license of this id: 'coldmint list' shows all")
    }

    fileprivate var foreignPredecessor: Problem {
        problem(
            .notSuperseded, at: "supersedes",
            "that license is another customer's: name one of the same customer")
    }

    fileprivate func alreadySuperseded(by successor: String) -> Problem {
        problem(
            .notSuperseded, at: "supersedes",
            "that license is followed already, by \(successor): name the last one of the chain")
    }

    fileprivate var nothingToDeliver: Problem {
        problem(
            .noSuchLicense, at: "customer",
            "the customer has no live license to deliver: 'coldmint list --customer' shows all")
    }
}
