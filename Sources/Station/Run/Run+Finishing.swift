import CalendarTime
import DurableFiles
import Ledger
import Logging
import Spool
import StrictJSON

extension Run {
    /// Publishes, writes receipts, and moves the drops, from what the ledger says of the run.
    mutating func finish(_ run: RunRecord) throws(StationFailure) {
        if run.number != report.run {
            log.notice(
                "a run was cut off and is taken up again", metadata: ["run": "\(run.number)"])
        }
        let drops = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.drops(ofRun: run.number)
        }
        let publishing = BundlePublisher(station: station, run: run, progress: environment.progress)
        let failures = try publishing.publishAll(signedBy: run.kid, of: keys, at: now)
        guard failures.isEmpty else { return putOff(drops, failures) }
        report.bundles += try publishing.published()
        report.licenses += try station.fromLedger { ledger throws(LedgerError) in
            try ledger.licenseCount(ofRun: run.number)
        }
        let settlements = drops.compactMap { settlement(of: $0) }
        environment.progress.begin(.filing, settlements.count, of: "drops")
        try fromInbox { [progress = environment.progress] inbox throws(FileSystemError) in
            try inbox.settle(settlements) { progress.advance(by: $0) }
            try inbox.syncSettled()
        }
        let time = now.secondsSinceEpoch
        try station.fromLedger { ledger throws(LedgerError) in
            try ledger.finishRun(run.number, at: time)
        }
    }

    /// The run stays unfinished, with its receipts unwritten, until all of it is published.
    private mutating func putOff(_ drops: [DropRecord], _ failures: [StationFailure]) {
        decided.formUnion(drops.compactMap { ClaimName(FileName(bytes: $0.claim)) })
        report.ioFailures += failures.count
        for failure in failures {
            log.error(
                "a bundle cannot be published: the next run tries again",
                metadata: ["reason": "\(failure)"])
        }
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
        guard
            let document = try? JSONDocument.parse(Array(receipt.utf8)),
            let problem = document.root.member("problems")?.elements.first(where: { _ in true })
        else { return "unknown" }
        let place = ["line", "column"].compactMap { problem.member($0)?.integer }.map { "\($0):" }
        let text = problem.member("message")?.string ?? ""
        let code = problem.member("code")?.string ?? ""
        return "\(place.joined()) \(text) (\(code))".trimmingPrefix(" ").description
    }
}
