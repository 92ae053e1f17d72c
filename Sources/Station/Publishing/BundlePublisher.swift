import Bundling
import CalendarTime
import Dispatch
import DurableFiles
import Foundation
import Ledger
import Signing
import Spool
import SystemPackage

/// Makes a run's bundles from what the ledger says of it, as often as need be: the bytes are the
/// same each time, as long as the vendor gives bundles no other look.
struct BundlePublisher {
    let station: OpenStation
    let run: RunRecord
    let progress: RunProgress

    /// Publishes what is not yet recorded as published. What is wrong with one customer's place in
    /// the outbox does not keep the others from their bundles.
    ///
    /// - Returns: what could not be published, and why.
    func publishAll(
        signedBy kid: String, of keys: KeyRing, at time: Timestamp
    ) throws(StationFailure) -> [StationFailure] {
        let number = run.number
        let customers = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.unpublishedCustomers(ofRun: number)
        }
        guard !customers.isEmpty else { return [] }
        let key = try keys.key(kid, in: KeyStore(station: station.folder))
        let count = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.licenseCount(ofRun: number)
        }
        let width = Self.draftsAtATime(licenseCount: count)
        progress.begin(.packing, count, of: "licenses")
        var records: [BundleRecord] = []
        var failures: [StationFailure] = []
        for start in stride(from: 0, to: customers.count, by: width) {
            let wave = customers[start..<min(start + width, customers.count)]
            for (customer, outcome) in publish(wave, signedBy: key) {
                switch outcome {
                case .success(let digest):
                    records.append(
                        BundleRecord(
                            run: number, customer: customer, sha256: digest.bytes,
                            publishedAt: time.secondsSinceEpoch))
                case .failure(let failure):
                    guard !failure.isFinal, failure.status != .tryAgain else { throw failure }
                    failures.append(failure)
                }
            }
        }
        if !records.isEmpty {
            try station.fromLedger { [records] ledger throws(LedgerError) in
                try ledger.add(records)
            }
        }
        return failures
    }

    /// As many as there are processors, where there is enough to do for them.
    private static func draftsAtATime(licenseCount count: Int) -> Int {
        count < enoughLicenses ? 1 : ProcessInfo.processInfo.activeProcessorCount
    }

    private static let enoughLicenses = 2000

    private typealias Outcome = Result<SHA256Digest, StationFailure>

    /// Up to the first that is final: after a failed flush, say, nothing more is published.
    private func publish(
        _ customers: ArraySlice<String>, signedBy key: OpenedKey
    ) -> [(customer: String, outcome: Outcome)] {
        let outbox = station.folder.resolve(station.configuration.outbox)
        let drafts = customers.map { customer in
            Result { () throws(StationFailure) in
                try BundleDraft(of: try bundle(for: customer), signedBy: key, in: outbox)
            }
        }
        for (customer, draft) in zip(customers, drafts) {
            if case .failure(let failure) = draft, failure.isFinal {
                return [(customer, .failure(failure))]
            }
        }
        // Each draft is touched by one thread at a time.
        nonisolated(unsafe) let shared = drafts
        DispatchQueue.concurrentPerform(iterations: drafts.count) { place in
            if case .success(let draft) = shared[place] { draft.write() }
        }
        var outcomes: [(customer: String, outcome: Outcome)] = []
        for (customer, draft) in zip(customers, drafts) {
            let outcome = Result { () throws(StationFailure) in try draft.get().publish() }
            outcomes.append((customer, outcome))
            if case .success(let draft) = draft {
                progress.advance(by: draft.bundle.licenses.count)
            }
            if case .failure(let failure) = outcome, failure.isFinal { break }
        }
        return outcomes
    }

    /// All of the run's published bundles, as paths in the outbox.
    func published() throws(StationFailure) -> [String] {
        let number = run.number
        let customers = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.publishedCustomers(ofRun: number)
        }
        return customers.map { BundleName(customer: $0, run: number).path }
    }
}

/// The digest of what `read` gives in pieces.
func digest(
    _ read: ((UnsafeRawBufferPointer) -> Void) throws(FileSystemError) -> Void
) throws(StationFailure) -> SHA256Digest {
    var hash = SHA256()
    try onDisk { () throws(FileSystemError) in try read { hash.update($0) } }
    return hash.finish()
}

/// Gives errors of the file system their exit status.
func onDisk<Result: ~Copyable>(
    _ body: () throws(FileSystemError) -> Result
) throws(StationFailure) -> Result {
    do throws(FileSystemError) {
        return try body()
    } catch {
        throw StationFailure(error)
    }
}
