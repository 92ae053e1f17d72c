import Ledger
import Logging
import RFC3339
import Spool

extension Run {
    /// Publishes, writes receipts, and moves the drops, from what the ledger says of the run.
    mutating func finish(_ run: RunRecord) throws(StationFailure) {
        let publishing = Publishing(station: station, run: run)
        report.bundles += try publishing.publishAll(signedBy: issuing.key, at: now)
        let drops = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.drops(ofRun: run.number)
        }
        report.licenses += try station.fromLedger { ledger throws(LedgerError) in
            try ledger.licenseCount(ofRun: run.number)
        }
        for drop in drops { try settle(drop) }
        try fromInbox { inbox throws(FileSystemError) in try inbox.syncSettled() }
        let time = now.secondsSinceEpoch
        try station.fromLedger { ledger throws(LedgerError) in
            try ledger.finishRun(run.number, at: time)
        }
    }

    private mutating func settle(_ drop: DropRecord) throws(StationFailure) {
        guard let claim = ClaimName(FileName(bytes: drop.claim)) else { return }
        switch drop.outcome {
        case .accepted: report.accepted += 1
        case .repeated: report.repeated += 1
        case .rejected:
            report.rejected += 1
            log.notice(
                "a drop was refused: its receipt in the inbox says why",
                metadata: [
                    "file": "\(claim.original)", "receipt": "rejected/\(claim.receipt)",
                ])
        }
        try fromInbox { inbox throws(FileSystemError) in
            try inbox.settle(
                claim, receipt: Array(drop.receipt.utf8), isRejected: drop.outcome == .rejected)
        }
    }
}
