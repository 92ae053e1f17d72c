import DurableFiles
import LicenseRequest
import Signatures
import Spool

/// What would become of a drop, told from one pass over its file. The pass takes memory for each
/// name in the drop.
struct DropReview {
    let digest: SHA256Digest
    let requestCount: Int
    let problems: [Problem]

    init<Lookup: LicenseLookup>(
        of file: DropFile, under rules: RequestRules, against lookup: Lookup
    ) throws(StationFailure) where Lookup.Failure == StationFailure {
        var simulation = DropSimulation(under: rules, against: lookup)
        var pass = DropPass(over: file, rules: rules)
        var requestCount = 0
        while true {
            let portion = try onDisk { () throws(FileSystemError) in try pass.next() }
            guard let portion else { break }
            requestCount += portion.count
            for request in portion { _ = try simulation.apply(request) }
        }
        self.requestCount = requestCount
        problems = simulation.problems.merged(with: pass.reader.problems).inOrder
        digest = pass.finish()
    }
}
