import Dispatch
import DurableFiles
import LicenseRequest
import Signatures
import Spool

/// Reads a large drop a second time and signs what it asks for, portion by portion, while whoever
/// takes the portions records the ones before.
final class SignedPortions: Sendable {
    private enum Step: Sendable {
        case portion([PlannedAction])
        /// With the digest of all that was read.
        case end(SHA256Digest)
        case failure(StationFailure)
    }

    private let queue = BoundedQueue<Step>(limit: 2)
    private let work = DispatchGroup()

    /// Begins at once.
    init(of drop: LargeDrop, issuedBy issuer: LicenseIssuer) {
        let queue = queue
        DispatchQueue.global().async(group: work) {
            do throws(StationFailure) {
                let digest = try Self.sign(drop, issuer) { queue.put(.portion($0)) }
                if let digest { _ = queue.put(.end(digest)) }
            } catch {
                _ = queue.put(.failure(error))
            }
        }
    }

    /// - Returns: the digest of the drop; `nil` where `put` refused a portion.
    private static func sign(
        _ drop: LargeDrop, _ issuer: LicenseIssuer, _ put: ([PlannedAction]) -> Bool
    ) throws(StationFailure) -> SHA256Digest? {
        // The first pass has held the payloads against their schemas; whether these are the same
        // bytes, the digest says at the end.
        var rules = drop.rules
        rules.checksSchemas = false
        var pass = DropPass(over: drop.file, rules: rules)
        while true {
            let requests = try onDisk { () throws(FileSystemError) in try pass.next() }
            guard let requests else { break }
            guard put(try issuer.plan(requests)) else { return nil }
        }
        return pass.finish().sha256
    }

    /// The next portion; `nil` at the end of the drop, which must then be the one that was judged.
    func next(expecting digest: SHA256Digest?) throws(StationFailure) -> [PlannedAction]? {
        switch queue.take() {
        case .portion(let actions): return actions
        case .end(let read) where read == digest: return nil
        case .failure(let failure): throw failure
        case .end, nil: throw StationFailure.claimedDropChanged
        }
    }

    /// To be called whenever no more portions are wanted. Returns once nothing is done any more.
    func stop() {
        queue.close()
        work.wait()
    }
}
