import CalendarTime
import Ledger
import LicenseRequest
import LicenseToken
import Logging
import Signatures
import Spool

/// Signs and records batches of drops. From then on what becomes of a drop is decided.
struct RunRecorder {
    /// From so many licenses on, signing is shown as a step of its own; fewer take but a moment.
    private static let enoughToShowProgress = 1000
    /// How often a batch is signed, each time with other ids, where an id ends like that of another
    /// license of the customer. Chance does not bring that about twice.
    private static let maximumAttempts = 3

    private let context: RunContext
    /// The active key, which signs the run's tokens.
    private let kid: KeyID
    /// The ledger's newest time, where the run's clock lies before it.
    private var overruledTime: Timestamp?
    /// The run, once anything of it was recorded.
    private(set) var run: RunRecord?
    /// Drops that somebody changed while they were handled: nothing of them is recorded.
    private(set) var changedDrops = 0

    init(_ context: RunContext, kid: KeyID) {
        self.context = context
        self.kid = kid
    }

    private var station: OpenStation { context.station }

    /// Records the batch, if there is anything in it, in one transaction: each drop whole or not
    /// at all, and judged after those before it have taken effect.
    ///
    /// - Parameter isLast: enters the run's bundles into the log too.
    mutating func record(
        _ batch: inout DropBatch, isLast: Bool = false
    ) throws(StationFailure) {
        let drops = batch.takeDrops()
        try record(drops, isLast: isLast)
        // The last transaction of drops has done so, unless it was one of a large drop.
        if isLast, let run { try context.seal(run) }
    }

    private mutating func record(
        _ drops: [ParsedDrop], isLast: Bool
    ) throws(StationFailure) {
        guard let first = drops.first else { return }
        if case .large(let large) = first.content {
            do throws(StationFailure) {
                try record(first, large)
            } catch  where error == .claimedDropChanged {
                changedDrops += 1
                context.log.warning(
                    "\(error)", metadata: ["file": "\(first.claim.original)"])
            }
        } else {
            try withOtherIDs { recorder throws(StationFailure) in
                try recorder.record(try recorder.plan(drops), isLast: isLast)
            }
        }
    }

    /// Does `body` again where an id was met that ends like another one.
    private mutating func withOtherIDs<Result>(
        _ body: (inout RunRecorder) throws(StationFailure) -> Result
    ) throws(StationFailure) -> Result {
        for _ in 1..<Self.maximumAttempts {
            do throws(StationFailure) {
                return try body(&self)
            } catch {
                guard error.isLastDigitsTaken else { throw error }
            }
        }
        return try body(&self)
    }

    /// A drop that is not held in memory is issued while it is read once more. Where a request
    /// meets a problem, nothing of that is recorded, and the problems are looked for.
    private mutating func record(
        _ drop: ParsedDrop, _ large: LargeDrop
    ) throws(StationFailure) {
        let digests = [drop.digest].compactMap(\.self)
        let repeats = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.acceptedDigests(among: digests)
        }
        var planned = PlannedDrop(drop: drop, actions: nil)
        if repeats.isEmpty {
            if large.ownProblems.isEmpty {
                let isAccepted = try withOtherIDs { recorder throws(StationFailure) in
                    try recorder.issue(drop, large)
                }
                if isAccepted { return }
            }
            let review = try DropReview(
                of: large.file, under: large.rules, against: StationLookup(station: station))
            guard review.digests.sha256 == drop.digest, !review.problems.isEmpty else {
                throw StationFailure.claimedDropChanged
            }
            planned.problems = review.problems
        }
        try record([planned])
    }

    /// - Returns: whether the drop was accepted.
    private mutating func issue(
        _ drop: ParsedDrop, _ large: LargeDrop
    ) throws(StationFailure) -> Bool {
        let issuer = try issuer(showingProgress: true)
        issuer.progress?.begin(.signing, large.requestCount, of: "licenses")
        let portions = SignedPortions(of: large, issuedBy: issuer)
        defer { portions.stop() }
        let recorder = self
        let outcome = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.withTransaction(cancelledBy: LargeDropRecorder.Interruption.self) {
                transaction throws(LargeDropRecorder.Interruption) in
                let run = try LargeDropRecorder.inLedger { () throws(LedgerError) in
                    try recorder.begunRun(in: transaction)
                }
                try LargeDropRecorder(drop: drop, rules: large.rules, run: run)
                    .record(portions, in: transaction)
                return run
            }
        }
        switch outcome {
        case .success(let run): self.run = run
        case .failure(.refused): return false
        case .failure(.failure(let failure)): throw failure
        }
        return true
    }

    private mutating func record(
        _ drops: [PlannedDrop], isLast: Bool = false
    ) throws(StationFailure) {
        let signer =
            isLast ? try context.headSigner(kid, issuer: station.configuration.issuer) : nil
        try inTransaction { transaction, run throws(LedgerError) in
            let judge = DropJudge(run: run)
            for drop in drops {
                let judgement = try judge.judge(drop, by: transaction.reader)
                var changes = try transaction.insert(
                    judgement.record, signedBy: drop.drop.signatureRecords, in: run)
                for change in judgement.changes { try changes.apply(change) }
                try changes.finish()
            }
            if let signer, try transaction.needsHead(run) {
                try transaction.seal(run, by: signer)
            }
        }
    }

    /// Records that there was a run whose clock lay before the ledger's newest time.
    mutating func begin(withClockBefore newest: Timestamp) throws(StationFailure) {
        overruledTime = newest
        try inTransaction { _, _ throws(LedgerError) in }
    }

    /// Does `body` in one transaction, which begins the run unless it has begun.
    private mutating func inTransaction(
        _ body: (LedgerTransaction, RunRecord) throws(LedgerError) -> Void
    ) throws(StationFailure) {
        let recorder = self
        run = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.withTransaction { transaction throws(LedgerError) in
                let run = try recorder.begunRun(in: transaction)
                try body(transaction, run)
                return run
            }
        }
    }

    /// The run, which begins with its first transaction.
    private func begunRun(in transaction: LedgerTransaction) throws(LedgerError) -> RunRecord {
        if let run { return run }
        let run = try transaction.beginRun(
            at: context.now, issuer: station.configuration.issuer, kid: kid)
        if let policy = context.approvals { try transaction.record(policy.record, of: run) }
        if let catalog = context.products.record {
            try transaction.record(catalog, of: run)
        }
        if let overruledTime {
            try transaction.recordAcceptedClock(of: run, before: overruledTime)
        }
        try transaction.enterPolicies(of: run)
        return run
    }

    /// Signs what the drops ask for, but for those whose bytes were accepted before.
    private func plan(_ drops: [ParsedDrop]) throws(StationFailure) -> [PlannedDrop] {
        let digests = drops.compactMap(\.digest)
        let repeats = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.acceptedDigests(among: digests)
        }
        let flagged = drops.map { (drop: $0, isPlanned: $0.asksForAnything(beyond: repeats)) }
        let count = flagged.reduce(0) { $0 + ($1.isPlanned ? $1.drop.requests.count : 0) }
        guard count > 0 else { return drops.map { PlannedDrop(drop: $0, actions: nil) } }
        let issuer = try issuer(showingProgress: count >= Self.enoughToShowProgress)
        issuer.progress?.begin(.signing, count, of: "licenses")
        return try flagged.concurrentMap { drop, isPlanned throws(StationFailure) in
            PlannedDrop(drop: drop, actions: isPlanned ? try issuer.plan(drop.requests) : nil)
        }
    }

    private func issuer(showingProgress: Bool) throws(StationFailure) -> LicenseIssuer {
        LicenseIssuer(
            issuer: station.configuration.issuer, now: context.now,
            environment: context.environment,
            key: try context.keys.key(kid, in: KeyStore(station: station.folder)),
            progress: showingProgress ? context.environment.progress : nil)
    }
}
