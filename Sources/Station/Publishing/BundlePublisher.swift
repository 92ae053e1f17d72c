import Bundles
import CalendarTime
import Dispatch
import Failures
import Foundation
import Ledger
import Signatures

/// Makes a run's bundles from what the ledger says of it, as often as need be: the bytes are the
/// same each time, as long as the vendor gives bundles no other look.
struct BundlePublisher {
    /// From so many licenses on, several bundles are written at a time.
    private static let enoughLicenses = 2000
    /// Of bundles that are written at a time. Of each license some hundred bytes are in memory.
    private static let licensesAtATime = 50_000

    /// What came of a run's bundles.
    struct Published {
        /// Paths in the outbox.
        fileprivate(set) var paths: [String] = []
        fileprivate(set) var failures: [StationFailure] = []
    }

    let station: OpenStation
    let run: RunRecord
    let environment: SystemEnvironment

    private var progress: RunProgress { environment.progress }

    /// Publishes what is not yet recorded as published. What is wrong with one customer's folder in
    /// the outbox does not keep the others from their bundles.
    ///
    /// Ends with the first failure that every other bundle would meet too.
    func publishAll(with keys: KeyRing, at time: Timestamp) throws(StationFailure) -> Published {
        let number = run.number
        let unpublished = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.unpublished(ofRun: number)
        }
        guard !unpublished.customers.isEmpty else { return Published() }
        let key = try keys.key(run.kid, in: KeyStore(station: station.folder))
        let count = unpublished.licenseCount
        let workers =
            count < Self.enoughLicenses
            ? 1 : Self.workers(forBundlesOf: unpublished.largestShare)
        // What recording a large batch has taken is given back before bundles take theirs.
        if workers > 1 {
            station.ledger.limitCache(to: .reading)
            environment.giveBackMemory()
        }
        defer { if workers > 1 { station.ledger.limitCache(to: .recording) } }
        let evidence = try RunEvidence(of: run, for: unpublished.customers, of: station)
        progress.begin(.packing, count, of: "licenses")
        let queue = PublishingQueue(unpublished.customers)
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while let customer = queue.next() {
                publish(
                    customer, hasDeliveries: unpublished.hasDeliveries, with: evidence,
                    signedBy: key, in: queue)
            }
        }
        var published = Published()
        var records: [BundleRecord] = []
        for (customer, result) in queue.results {
            switch result {
            case .success(let digest):
                records.append(
                    BundleRecord(
                        run: number, customer: customer, digest: digest, publishedAt: time))
            case .failure(let failure):
                guard !failure.isFinal, failure.status != .tryAgain else { throw failure }
                published.failures.append(failure)
            }
        }
        try record(records)
        published.paths = records.map(\.name.path)
        return published
    }

    /// One more than there are processors, as one of them may wait for a flush; fewer where bundles
    /// are so large that all together would take much memory.
    private static func workers(forBundlesOf licenses: Int) -> Int {
        let wanted = ProcessInfo.processInfo.activeProcessorCount + 1
        return max(1, min(wanted, licensesAtATime / max(1, licenses)))
    }

    private func record(_ bundles: [BundleRecord]) throws(StationFailure) {
        guard !bundles.isEmpty else { return }
        try station.fromLedger { ledger throws(LedgerError) in try ledger.add(bundles) }
    }

    /// Drafts are written beside each other. They are made durable and given their names one after
    /// the other, so that after a failed flush no other is tried.
    private func publish(
        _ customer: String, hasDeliveries: Bool, with evidence: RunEvidence?,
        signedBy key: OpenedKey, in queue: PublishingQueue
    ) {
        do throws(StationFailure) {
            let licenses = try BundleLicenses(
                of: customer, in: run, of: station, hasDeliveries: hasDeliveries)
            let draft = try BundleDraft(
                of: licenses, with: try evidence?.evidence(for: customer), signedBy: key,
                of: station)
            draft.write()
            let digest = try queue.inTurn { () throws(StationFailure) in try draft.publish() }
            guard let digest else { return }
            queue.add(.success(digest), of: customer)
            progress.advance(by: licenses.count)
        } catch {
            queue.add(.failure(error), of: customer)
        }
    }
}
