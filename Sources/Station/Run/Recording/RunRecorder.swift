import CalendarTime
import Ledger
import LicenseRequest
import LicenseToken
import Signing

/// Signs and records batches of drops. From then on what becomes of a drop is decided.
struct RunRecorder {
    /// Fewer are signed in a moment, as part of reading many drops.
    private static let enoughToShowProgress = 1000
    /// Ids are drawn anew where one ends like that of another license, which chance alone does not
    /// bring about twice.
    private static let maximumAttempts = 3

    private let context: RunContext
    /// The active key, which signs the run's tokens.
    private let kid: KeyID
    /// The run, once anything of it was recorded.
    private(set) var run: RunRecord?

    init(_ context: RunContext, kid: KeyID) {
        self.context = context
        self.kid = kid
    }

    private var station: OpenStation { context.station }

    /// Records the batch, if there is anything in it, in one transaction: each drop whole or not
    /// at all, and judged after those before it have taken effect.
    mutating func record(_ batch: inout DropBatch) throws(StationFailure) {
        let drops = batch.takeDrops()
        guard !drops.isEmpty else { return }
        for _ in 1..<Self.maximumAttempts {
            do throws(StationFailure) {
                return try record(try plan(drops))
            } catch {
                guard error.isLastDigitsTaken else { throw error }
            }
        }
        try record(try plan(drops))
    }

    private mutating func record(_ drops: [PlannedDrop]) throws(StationFailure) {
        let begin = begin
        run = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.withTransaction { transaction throws(LedgerError) in
                let run = try begin(transaction)
                let judge = DropJudge(run: run)
                for drop in drops {
                    let judgement = try judge.judge(drop, by: transaction.reader)
                    var changes = try transaction.insert(judgement.record, in: run)
                    for change in judgement.changes { try changes.apply(change) }
                }
                return run
            }
        }
    }

    /// Records that there was a run whose clock lay before the ledger's newest time.
    mutating func recordAcceptedClock(before newest: Timestamp) throws(StationFailure) {
        let begin = begin
        run = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.withTransaction { transaction throws(LedgerError) in
                let run = try begin(transaction)
                try transaction.recordAcceptedClock(of: run, before: newest)
                return run
            }
        }
    }

    /// Gives the run, which is recorded now unless it has been before.
    private var begin: (LedgerTransaction) throws(LedgerError) -> RunRecord {
        let (known, now, issuer, kid) = (run, context.now, station.configuration.issuer, kid)
        return { transaction throws(LedgerError) in
            if let known { return known }
            return try transaction.beginRun(at: now, issuer: issuer, kid: kid)
        }
    }

    /// Signs what the drops ask for, but for those whose bytes were accepted before.
    private func plan(_ drops: [ParsedDrop]) throws(StationFailure) -> [PlannedDrop] {
        let digests = drops.compactMap(\.digest)
        let repeats = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.acceptedDigests(among: digests)
        }
        func isPlanned(_ drop: ParsedDrop) -> Bool {
            !drop.requests.isEmpty && drop.digest.map { !repeats.contains($0) } ?? false
        }
        let count = drops.lazy.filter(isPlanned).reduce(0) { $0 + $1.requests.count }
        guard count > 0 else { return drops.map { PlannedDrop(drop: $0, actions: nil) } }
        let issuer = try issuer(showingProgress: count >= Self.enoughToShowProgress)
        issuer.progress?.begin(.signing, count, of: "licenses")
        let flagged = drops.map { ($0, isPlanned($0)) }
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
