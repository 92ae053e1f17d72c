import Bundles
import DurableFiles
import Ledger
import Logging
import Spool
import StrictJSON

/// Brings a recorded run to its end: bundles, receipts, and the drops to where they are kept. All
/// of it is worked out from the ledger, so that it can be done again.
struct RunFinisher {
    /// So many drops are read from the ledger and filed at a time.
    private static let portion = 1000

    private let context: RunContext
    private(set) var report = RunReport()
    /// Drops of runs that could not be finished. The ledger says already what becomes of them.
    private(set) var decided: Set<ClaimName> = []

    init(_ context: RunContext) {
        self.context = context
    }

    private var station: OpenStation { context.station }
    private var log: Logger { context.log }

    /// Finishes what runs that were cut off have left, oldest first.
    mutating func finishEarlierRuns(in inbox: borrowing Inbox) throws(StationFailure) {
        let runs = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.unfinishedRuns()
        }
        for run in runs {
            log.notice(
                "a run was cut off and is taken up again",
                metadata: ["run": .stringConvertible(run.number)])
            try reportEarlierBundles(of: run, in: inbox)
            try context.seal(run)
            let bundles = try publish(run)
            try file(run, after: bundles, in: inbox)
        }
    }

    /// Where nothing of a run was filed, it was most likely killed before it could report its
    /// bundles: this report names them. Else they were named when its first drops were filed.
    private mutating func reportEarlierBundles(
        of run: RunRecord, in inbox: borrowing Inbox
    ) throws(StationFailure) {
        let (claims, customers) = try station.fromLedger { ledger throws(LedgerError) in
            (try ledger.claims(ofRun: run.number), try ledger.publishedCustomers(ofRun: run.number))
        }
        let claimed = Set(try claimedDrops(in: inbox).claims.map(\.fileName.bytes))
        guard claims.allSatisfy(claimed.contains) else { return }
        report.bundles += customers.map { BundleName(customer: $0, run: run.number).path }
    }

    /// Makes those of the run's bundles that are not in the outbox yet.
    ///
    /// The log's head comes first, so that no bundle can be found in the outbox without it.
    mutating func publish(_ run: RunRecord) throws(StationFailure) -> BundlePublisher.Published {
        try OutboxCheckpoint(of: station).update()
        let publisher = BundlePublisher(
            station: station, run: run, environment: context.environment)
        let bundles = try publisher.publishAll(with: context.keys, at: context.now)
        report.bundles += bundles.paths
        for bundle in bundles.paths {
            log.info("a bundle was made", metadata: ["bundle": "\(bundle)"])
        }
        report.ioFailures += bundles.failures.count
        for failure in bundles.failures {
            log.error(
                "a bundle cannot be published: the next run tries again",
                metadata: ["reason": "\(failure)"])
        }
        return bundles
    }

    /// Writes receipts and moves drops: of all the run's drops whose own bundles are in the outbox.
    /// Once there are no others, the run is recorded as finished.
    mutating func file(
        _ run: RunRecord, after bundles: BundlePublisher.Published, in inbox: borrowing Inbox
    ) throws(StationFailure) {
        let held = try station.fromLedger { ledger throws(LedgerError) in
            bundles.failures.isEmpty ? [] : try ledger.claimsAwaitingBundles(ofRun: run.number)
        }
        let listing = try claimedDrops(in: inbox)
        let claimed = Set(listing.claims)
        context.environment.progress.begin(.filing, claimed.count, of: "drops")
        var last: Int64 = 0
        var unreported: Set<Int64> = []
        while true {
            let drops = try drops(of: run, after: last)
            guard let newest = drops.last else { break }
            last = newest.row
            var filings: [Inbox.Filing] = []
            for (row, drop) in drops {
                // What an earlier attempt has moved stays where it is.
                guard let claim = drop.claimName, claimed.contains(claim) else {
                    unreported.insert(row)
                    continue
                }
                if held.contains(drop.claim) {
                    unreported.insert(row)
                    decided.insert(claim)
                    report.waiting += 1
                } else {
                    reportHandled(drop, claim)
                    filings.append(
                        try filing(
                            of: drop, claim, row: row, with: listing.signatures[claim] ?? [],
                            in: inbox))
                }
            }
            try onDisk { () throws(FileSystemError) in try inbox.file(filings) }
            context.environment.progress.advance(by: filings.count)
        }
        try onDisk { () throws(FileSystemError) in try inbox.syncFiled() }
        let now = context.now
        report.licenses += try station.fromLedger { ledger throws(LedgerError) in
            if held.isEmpty { try ledger.finishRun(run.number, at: now) }
            return try ledger.licenseCount(ofRun: run.number, except: unreported)
        }
    }

    private func drops(
        of run: RunRecord, after row: Int64
    ) throws(StationFailure) -> [(row: Int64, drop: DropRecord)] {
        try station.fromLedger { ledger throws(LedgerError) in
            try ledger.drops(ofRun: run.number, after: row, limit: Self.portion)
        }
    }

    /// A receipt that has parts goes into its draft part by part.
    private func filing(
        of drop: DropRecord, _ claim: ClaimName, row: Int64, with signatures: [SignatureName],
        in inbox: borrowing Inbox
    ) throws(StationFailure) -> Inbox.Filing {
        let isRejected = drop.outcome == .rejected
        let receipt = Array(drop.receipt.utf8)
        guard drop.hasReceiptParts, var part = try receiptPart(of: row, after: 0) else {
            return Inbox.Filing(
                of: claim, receipt: receipt, with: signatures, isRejected: isRejected)
        }
        let draft = try onDisk { () throws(FileSystemError) in
            try inbox.acceptedReceipt(for: claim)
        }
        try onDisk { () throws(FileSystemError) in try draft.write(receipt) }
        while true {
            try onDisk { () throws(FileSystemError) in try draft.write(Array(part.text.utf8)) }
            guard let next = try receiptPart(of: row, after: part.number) else { break }
            part = next
        }
        try onDisk { () throws(FileSystemError) in try draft.flush() }
        return Inbox.Filing(
            of: claim, receipt: nil, with: signatures, isRejected: isRejected)
    }

    private func receiptPart(
        of row: Int64, after number: Int64
    ) throws(StationFailure) -> (number: Int64, text: String)? {
        try station.fromLedger { ledger throws(LedgerError) in
            try ledger.receiptPart(ofDrop: row, after: number)
        }
    }

    private func claimedDrops(
        in inbox: borrowing Inbox
    ) throws(StationFailure) -> Inbox.ClaimListing {
        try onDisk { () throws(FileSystemError) in try inbox.listClaims() }
    }

    private mutating func reportHandled(_ drop: DropRecord, _ claim: ClaimName) {
        switch drop.outcome {
        case .accepted:
            report.accepted += 1
            log.info(
                "a drop was accepted",
                metadata: [
                    "file": "\(claim.original)", "run": .stringConvertible(drop.run),
                    "receipt": "\(claim.receiptPath(isRejected: false))",
                ])
        case .repeated:
            report.repeated += 1
            log.warning(
                """
                a drop repeats one that was accepted and changes nothing: to have the same done \
                again, give its requests a new requestId
                """,
                metadata: [
                    "file": "\(claim.original)",
                    "receipt": "\(claim.receiptPath(isRejected: false))",
                ])
        case .rejected:
            report.rejected += 1
            log.warning(
                "a drop was refused: its receipt in the inbox says why",
                metadata: [
                    "file": "\(claim.original)", "problem": "\(drop.firstProblem)",
                    "receipt": "\(claim.receiptPath(isRejected: true))",
                ])
        }
    }
}

extension DropRecord {
    /// `3:16: message (code)`, out of the receipt of a refused drop.
    fileprivate var firstProblem: String {
        // Why a receipt cannot be read is thrown away: nothing depends on it but this line of the log.
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
