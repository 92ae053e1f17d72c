import DurableFiles
import Ledger
import LicenseRequest
import Signatures
import Spool

/// Records a large drop in one transaction, portion by portion: each is judged by what the ledger
/// holds after the ones before it.
struct LargeDropRecorder {
    enum Interruption: Error {
        /// A request meets a problem, and so none is carried out.
        case refused
        case failure(StationFailure)
    }

    let drop: ParsedDrop
    let rules: RequestRules
    let run: RunRecord

    /// Records the drop as accepted, as long as the portions last.
    func record(
        _ portions: SignedPortions, in transaction: LedgerTransaction
    ) throws(Interruption) {
        let receipt = Receipt(of: drop, run: run)
        let record = DropRecord(
            run: run.number, claim: drop.claim.fileName.bytes, digest: drop.digest,
            outcome: .accepted, receipt: receipt.acceptedHead(),
            approvalsNeeded: drop.approvalsNeeded)
        var changes = try Self.inLedger { () throws(LedgerError) in
            try transaction.insert(record, signedBy: drop.signatureRecords, in: run)
        }
        var isFirst = true
        while let actions = try next(portions) {
            guard !actions.isEmpty else { continue }
            let results = try judge(actions, in: transaction)
            try Self.inLedger { () throws(LedgerError) in
                for action in actions { try changes.apply(action.change) }
                try changes.add(receiptPart: Receipt.part(results, isFirst: isFirst))
            }
            isFirst = false
        }
        try Self.inLedger { () throws(LedgerError) in
            try changes.add(receiptPart: Receipt.acceptedEnd)
            try changes.finish()
        }
    }

    private func next(_ portions: SignedPortions) throws(Interruption) -> [PlannedAction]? {
        do throws(StationFailure) {
            return try portions.next(expecting: drop.digest)
        } catch {
            throw .failure(error)
        }
    }

    private func judge(
        _ actions: [PlannedAction], in transaction: LedgerTransaction
    ) throws(Interruption) -> [ReceiptResult] {
        var simulation = DropSimulation(
            under: rules, against: LedgerLookup(reader: transaction.reader))
        let results = try Self.inLedger { () throws(LedgerError) in
            try DropJudge(run: run).results(of: actions, in: &simulation)
        }
        guard simulation.problems.isEmpty else { throw .refused }
        return results
    }

    static func inLedger<Result>(
        _ body: () throws(LedgerError) -> Result
    ) throws(Interruption) -> Result {
        do throws(LedgerError) {
            return try body()
        } catch {
            throw .failure(StationFailure(error))
        }
    }
}
