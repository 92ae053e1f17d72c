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

    init<Lookup: LicenseLookup>(
        of file: DropFile, under rules: RequestRules, against lookup: Lookup,
        isSigned: Bool = false
    ) throws(StationFailure) where Lookup.Failure == StationFailure {
        var simulation = DropSimulation(under: rules, against: lookup)
        var pass = DropPass(over: file, rules: rules, isSigned: isSigned)
        var requestCount = 0
        var demand = DropDemand()
        while true {
            let portion = try onDisk { () throws(FileSystemError) in try pass.next() }
            guard let portion else { break }
            requestCount += portion.count
            for request in portion {
                demand.add(request)
                _ = try simulation.apply(request)
            }
        }
        self.requestCount = requestCount
        self.demand = demand
        problems = simulation.problems.merged(with: pass.reader.problems).inOrder
        digests = pass.finish()
    }
}
