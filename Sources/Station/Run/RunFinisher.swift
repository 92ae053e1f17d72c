import CalendarTime
import DurableFiles
import Ledger
import Logging
import Spool
import StrictJSON

/// Brings a recorded run to its end: bundles, receipts, and the drops to where they are kept. All
/// of it is worked out from the ledger, so that it can be done again.
struct RunFinisher {
    private let station: OpenStation
    private let environment: SystemEnvironment
    private let keys: KeyRing
    private let log: Logger
    private let now: Timestamp
    private(set) var report = RunReport()
    /// Drops of runs that could not be finished. The ledger says already what becomes of them.
    private(set) var decided: Set<ClaimName> = []

    init(
        _ station: OpenStation, environment: SystemEnvironment, keys: KeyRing, log: Logger,
        now: Timestamp
    ) {
        self.station = station
        self.environment = environment
        self.keys = keys
        self.log = log
        self.now = now
    }

    /// Finishes what runs that were cut off have left, oldest first.
    mutating func finishEarlierRuns(in inbox: borrowing Inbox) throws(StationFailure) {
        let runs = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.unfinishedRuns()
        }
        for run in runs {
            log.notice(
                "a run was cut off and is taken up again", metadata: ["run": "\(run.number)"])
            if try publish(run) { try settle(run, in: inbox) }
        }
    }

    /// Makes the run's bundles.
    ///
    /// - Returns: whether all of them are in the outbox. If not, the run stays unfinished, with its
    ///   receipts unwritten, until they are.
    mutating func publish(_ run: RunRecord) throws(StationFailure) -> Bool {
        let publisher = BundlePublisher(
            station: station, run: run, progress: environment.progress)
        let failures = try publisher.publishAll(with: keys, at: now)
        guard failures.isEmpty else {
            try putOff(run, failures)
            return false
        }
        report.bundles += try publisher.published()
        report.licenses += try station.fromLedger { ledger throws(LedgerError) in
            try ledger.licenseCount(ofRun: run.number)
        }
        return true
    }

    private mutating func putOff(
        _ run: RunRecord, _ failures: [StationFailure]
    ) throws(StationFailure) {
        decided.formUnion(
            try drops(of: run).compactMap { ClaimName(FileName(bytes: $0.claim)) })
        report.ioFailures += failures.count
        for failure in failures {
            log.error(
                "a bundle cannot be published: the next run tries again",
                metadata: ["reason": "\(failure)"])
        }
    }

    /// Writes the run's receipts, moves its drops, and records that it is finished.
    mutating func settle(_ run: RunRecord, in inbox: borrowing Inbox) throws(StationFailure) {
        let settlements = try drops(of: run).compactMap { settlement(of: $0) }
        let progress = environment.progress
        progress.begin(.filing, settlements.count, of: "drops")
        do throws(FileSystemError) {
            try inbox.settle(settlements) { progress.advance(by: $0) }
            try inbox.syncSettled()
        } catch {
            throw StationFailure(error)
        }
        let now = now
        try station.fromLedger { ledger throws(LedgerError) in
            try ledger.finishRun(run.number, at: now)
        }
    }

    private func drops(of run: RunRecord) throws(StationFailure) -> [DropRecord] {
        try station.fromLedger { ledger throws(LedgerError) in try ledger.drops(ofRun: run.number) }
    }

    /// Counts the drop, and says where it goes.
    private mutating func settlement(of drop: DropRecord) -> Inbox.Settlement? {
        guard let claim = ClaimName(FileName(bytes: drop.claim)) else { return nil }
        switch drop.outcome {
        case .accepted: report.accepted += 1
        case .repeated: report.repeated += 1
        case .rejected:
            report.rejected += 1
            log.warning(
                "a drop was refused: its receipt in the inbox says why",
                metadata: [
                    "file": "\(claim.original)", "problem": "\(drop.firstProblem)",
                    "receipt": "rejected/\(claim.receipt)",
                ])
        }
        return Inbox.Settlement(
            of: claim, receipt: Array(drop.receipt.utf8), isRejected: drop.outcome == .rejected)
    }
}

extension DropRecord {
    /// `3:16: message (code)`, out of the receipt of a refused drop.
    fileprivate var firstProblem: String {
        // A receipt that cannot be read has lost its text, and nothing else depends on it here.
        guard
            let document = try? JSONDocument.parse(Array(receipt.utf8)),
            let problem = document.root.member("problems")?.elements.first(where: { _ in true })
        else { return "unknown" }
        let position = ["line", "column"].compactMap { problem.member($0)?.integer }
            .map { "\($0):" }
        let text = problem.member("message")?.string ?? ""
        let code = problem.member("code")?.string ?? ""
        return "\(position.joined()) \(text) (\(code))".trimmingPrefix(" ").description
    }
}
