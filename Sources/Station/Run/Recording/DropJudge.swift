import DurableFiles
import Ledger
import LicenseRequest
import Spool

/// Decides what becomes of a drop, by what the ledger holds after the drops before it.
struct DropJudge {
    let run: RunRecord

    /// What becomes of a drop: its record with the receipt, and what it changes.
    struct Judgement {
        let record: DropRecord
        /// Empty unless the drop is accepted.
        let changes: [Change]
    }

    func judge(
        _ planned: PlannedDrop, by reader: LedgerReader
    ) throws(LedgerError) -> Judgement {
        let drop = planned.drop
        let receipt = Receipt(of: drop, run: run)
        // Repeats come first: what was accepted once stays so, whatever the rules are today.
        if let digest = drop.digest, let first = try reader.acceptedDrop(digest) {
            return judgement(drop, .repeated, receipt.repeated(first: first))
        }
        let lookup = LedgerLookup(reader: reader)
        switch drop.content {
        case .refused(let problem):
            return judgement(drop, .rejected, receipt.rejected([problem]))
        case .large:
            return judgement(drop, .rejected, receipt.rejected(planned.problems))
        case .parsed(let content):
            guard let actions = planned.actions else {
                let problems = try content.problems(against: lookup)
                return judgement(drop, .rejected, receipt.rejected(problems))
            }
            var simulation = DropSimulation(of: content, against: lookup)
            let results = try results(of: actions, in: &simulation)
            let problems = simulation.problems.inOrder
            guard problems.isEmpty else {
                return judgement(drop, .rejected, receipt.rejected(problems))
            }
            return judgement(
                drop, .accepted, receipt.accepted(results), changes: actions.map(\.change))
        }
    }

    /// What the receipt says of each request that meets no problem.
    func results(
        of actions: [PlannedAction], in simulation: inout DropSimulation<LedgerLookup>
    ) throws(LedgerError) -> [ReceiptResult] {
        var results: [ReceiptResult] = []
        results.reserveCapacity(actions.count)
        for action in actions {
            if case .allowed(let license) = try simulation.apply(action.request) {
                results.append(ReceiptResult(of: action, on: license, run: run.number))
            }
        }
        return results
    }

    private func judgement(
        _ drop: ParsedDrop, _ outcome: DropOutcome, _ receipt: String, changes: [Change] = []
    ) -> Judgement {
        Judgement(
            record: DropRecord(
                run: run.number, claim: drop.claim.fileName.bytes, digest: drop.digest,
                outcome: outcome, receipt: receipt, approvalsNeeded: drop.approvalsNeeded),
            changes: changes)
    }
}
