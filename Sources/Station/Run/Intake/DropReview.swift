import DurableFiles
import LicenseRequest
import Signatures
import Spool

/// What would become of a drop, told from one pass over its file. The pass takes memory for each
/// name in the drop.
struct DropReview {
    let digests: DropDigests
    let requestCount: Int
    let demand: DropDemand
    let problems: [Problem]
    /// The first licenses that it asks for, so many as are wanted.
    let previews: [LicensePreview]
    /// How many there are in all.
    let creationCount: Int
    /// The first things that verifiers may stumble over, where they are wanted.
    let portabilityWarnings: [PortabilityWarning]

    private static let warningLimit = 100

    /// - Parameter previewLimit: so many licenses are previewed.
    init<Lookup: LicenseLookup>(
        of file: DropFile, under rules: RequestRules, against lookup: Lookup,
        isSigned: Bool = false, previewLimit: Int = 0, warnsOfPortability: Bool = false
    ) throws(StationFailure) where Lookup.Failure == StationFailure {
        var simulation = DropSimulation(under: rules, against: lookup)
        var pass = DropPass(over: file, rules: rules, isSigned: isSigned)
        var requestCount = 0
        var creationCount = 0
        var previews: [LicensePreview] = []
        var warnings: [PortabilityWarning] = []
        var demand = DropDemand()
        while true {
            let portion = try onDisk { () throws(FileSystemError) in try pass.next() }
            guard let portion else { break }
            requestCount += portion.count
            for request in portion {
                demand.add(request)
                if warnsOfPortability, warnings.count < Self.warningLimit {
                    warnings += request.portabilityWarnings
                }
                let effect = try simulation.apply(request)
                guard case .create(let create) = request.action else { continue }
                creationCount += 1
                guard previews.count < previewLimit, case .allowed(let predecessor) = effect else {
                    continue
                }
                previews.append(
                    LicensePreview(
                        create, isNewCustomer: try lookup.isNew(customer: create.customer),
                        following: predecessor))
            }
        }
        self.requestCount = requestCount
        self.creationCount = creationCount
        self.previews = previews
        portabilityWarnings = Array(warnings.prefix(Self.warningLimit))
        self.demand = demand
        problems = simulation.problems.merged(with: pass.reader.problems).inOrder
        digests = pass.finish()
    }
}
