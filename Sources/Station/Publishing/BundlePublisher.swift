import Bundling
import CalendarTime
import Dispatch
import Foundation
import Ledger
import Signing

/// Makes a run's bundles from what the ledger says of it, as often as need be: the bytes are the
/// same each time, as long as the vendor gives bundles no other look.
struct BundlePublisher {
    /// From so many licenses on, several bundles are written at a time.
    private static let enoughLicenses = 2000

    /// What came of a run's bundles.
    struct Published {
        /// Paths in the outbox.
        fileprivate(set) var paths: [String] = []
        fileprivate(set) var failures: [StationFailure] = []
    }

    /// What came of one customer's bundle.
    private struct Publication {
        let customer: String
        let digest: Result<SHA256Digest, StationFailure>
    }

    let station: OpenStation
    let run: RunRecord
    let progress: RunProgress

    /// Publishes what is not yet recorded as published. What is wrong with one customer's folder in
    /// the outbox does not keep the others from their bundles.
    ///
    /// Ends with the first failure that every other bundle would meet too.
    func publishAll(with keys: KeyRing, at time: Timestamp) throws(StationFailure) -> Published {
        let number = run.number
        let (customers, count) = try station.fromLedger { ledger throws(LedgerError) in
            (
                try ledger.unpublishedCustomers(ofRun: number),
                try ledger.licenseCount(ofRun: number)
            )
        }
        guard !customers.isEmpty else { return Published() }
        let key = try keys.key(run.kid, in: KeyStore(station: station.folder))
        let width = count < Self.enoughLicenses ? 1 : ProcessInfo.processInfo.activeProcessorCount
        progress.begin(.packing, count, of: "licenses")
        var records: [BundleRecord] = []
        var published = Published()
        for start in stride(from: 0, to: customers.count, by: width) {
            let wave = customers[start..<min(start + width, customers.count)]
            for publication in publish(wave, signedBy: key) {
                switch publication.digest {
                case .success(let digest):
                    records.append(
                        BundleRecord(
                            run: number, customer: publication.customer, digest: digest,
                            publishedAt: time))
                case .failure(let failure):
                    guard !failure.isFinal, failure.status != .tryAgain else { throw failure }
                    published.failures.append(failure)
                }
            }
        }
        try record(records)
        published.paths = records.map(\.name.path)
        return published
    }

    private func record(_ bundles: [BundleRecord]) throws(StationFailure) {
        guard !bundles.isEmpty else { return }
        try station.fromLedger { ledger throws(LedgerError) in try ledger.add(bundles) }
    }

    /// Ends with the first failure that is final: after a failed flush nothing more is published.
    private func publish(_ customers: ArraySlice<String>, signedBy key: OpenedKey) -> [Publication]
    {
        let loader = BundleLoader(station: station, run: run)
        let outbox = station.folder.resolve(station.configuration.outbox)
        var drafts: [BundleDraft] = []
        var publications: [Publication] = []
        for customer in customers {
            do throws(StationFailure) {
                drafts.append(
                    try BundleDraft(
                        of: try loader.bundle(for: customer), signedBy: key, in: outbox))
            } catch {
                publications.append(Publication(customer: customer, digest: .failure(error)))
                if error.isFinal { return publications }
            }
        }
        // Each draft is touched by one thread at a time.
        nonisolated(unsafe) let shared = drafts
        DispatchQueue.concurrentPerform(iterations: drafts.count) { shared[$0].write() }
        for draft in drafts {
            let digest = Result { () throws(StationFailure) in try draft.publish() }
            publications.append(
                Publication(customer: draft.bundle.name.customer, digest: digest))
            progress.advance(by: draft.bundle.licenses.count)
            if case .failure(let failure) = digest, failure.isFinal { break }
        }
        return publications
    }
}
