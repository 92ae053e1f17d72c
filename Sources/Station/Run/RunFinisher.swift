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
                "a run was cut off and is taken up again",
                metadata: ["run": .stringConvertible(run.number)])
            try publish(run)
            try settle(run, in: inbox)
        }
    }

    /// Makes those of the run's bundles that are not in the outbox yet.
    mutating func publish(_ run: RunRecord) throws(StationFailure) {
        let publisher = BundlePublisher(station: station, run: run, progress: environment.progress)
        let outcome = try publisher.publishAll(with: keys, at: now)
        report.bundles += outcome.published
        for bundle in outcome.published {
            log.info("a bundle was made", metadata: ["bundle": "\(bundle)"])
        }
        report.ioFailures += outcome.failures.count
        for failure in outcome.failures {
            log.error(
                "a bundle cannot be published: the next run tries again",
                metadata: ["reason": "\(failure)"])
        }
    }

    /// Writes receipts and moves drops: of all the run's drops whose own bundles are in the outbox.
    /// Once there are no others, the run is recorded as finished.
    mutating func settle(_ run: RunRecord, in inbox: borrowing Inbox) throws(StationFailure) {
        let (drops, held, licenseCounts) = try station.fromLedger { ledger throws(LedgerError) in
            (
                try ledger.drops(ofRun: run.number),
                try ledger.claimsAwaitingBundles(ofRun: run.number),
                try ledger.licenseCounts(byClaimOfRun: run.number)
            )
        }
        let claimed = Set(
            try onDisk { () throws(FileSystemError) in try inbox.listClaims().claims })
        var settlements: [Inbox.Settlement] = []
        for drop in drops {
            // What an earlier attempt has moved stays where it is.
            guard let claim = ClaimName(FileName(bytes: drop.claim)), claimed.contains(claim)
            else { continue }
            if held.contains(drop.claim) {
                decided.insert(claim)
                report.waiting += 1
            } else {
                report.licenses += licenseCounts[drop.claim] ?? 0
                count(drop, claim)
                settlements.append(
                    Inbox.Settlement(
                        of: claim, receipt: Array(drop.receipt.utf8),
                        isRejected: drop.outcome == .rejected))
            }
        }
        try move(settlements, in: inbox)
        guard held.isEmpty else { return }
        let now = now
        try station.fromLedger { ledger throws(LedgerError) in
            try ledger.finishRun(run.number, at: now)
        }
    }

    private func move(
        _ settlements: [Inbox.Settlement], in inbox: borrowing Inbox
    ) throws(StationFailure) {
        let progress = environment.progress
        progress.begin(.filing, settlements.count, of: "drops")
        do throws(FileSystemError) {
            try inbox.settle(settlements) { progress.advance(by: $0) }
            try inbox.syncSettled()
        } catch {
            throw StationFailure(error)
        }
    }

    private mutating func count(_ drop: DropRecord, _ claim: ClaimName) {
        switch drop.outcome {
        case .accepted:
            report.accepted += 1
            log.info(
                "a drop was accepted",
                metadata: [
                    "file": "\(claim.original)", "run": .stringConvertible(drop.run),
                    "receipt": "accepted/\(claim.receipt)",
                ])
        case .repeated:
            report.repeated += 1
            log.warning(
                """
                a drop repeats one that was accepted and changes nothing: to have the same done \
                again, give its requests a new requestId
                """,
                metadata: [
                    "file": "\(claim.original)", "receipt": "accepted/\(claim.receipt)",
                ])
        case .rejected:
            report.rejected += 1
            log.warning(
                "a drop was refused: its receipt in the inbox says why",
                metadata: [
                    "file": "\(claim.original)", "problem": "\(drop.firstProblem)",
                    "receipt": "rejected/\(claim.receipt)",
                ])
        }
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
