import DurableFiles
import LicenseRequest
import Signatures
import Spool

/// What would become of a drop, told from one pass over its file. The pass takes memory for each
/// name in the drop.
struct DropReview {
    let digests: DropDigests
    let requestCount: Int
    let actions: Set<ActionName>
    let problems: [Problem]

    init<Lookup: LicenseLookup>(
        of file: DropFile, under rules: RequestRules, against lookup: Lookup,
        isSigned: Bool = false
    ) throws(StationFailure) where Lookup.Failure == StationFailure {
        var simulation = DropSimulation(under: rules, against: lookup)
        var pass = DropPass(over: file, rules: rules, isSigned: isSigned)
        var requestCount = 0
        var actions: Set<ActionName> = []
        while true {
            let portion = try onDisk { () throws(FileSystemError) in try pass.next() }
            guard let portion else { break }
            requestCount += portion.count
            for request in portion {
                actions.insert(request.actionName)
                _ = try simulation.apply(request)
            }
        }
        self.requestCount = requestCount
        self.actions = actions
        problems = simulation.problems.merged(with: pass.reader.problems).inOrder
        digests = pass.finish()
    }
}
