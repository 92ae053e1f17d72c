import Bundles
import Failures
import Ledger
import Synchronization
import TransparencyLog

/// The proofs that a run's bundles are in the log, for several workers at a time.
final class RunEvidence: Sendable {
    /// So many proofs are worked out at a time: neighbours need the same tiles.
    private static let portion = 256

    private let station: OpenStation
    private let run: RunRecord
    private let head: LogHeadRecord
    private let checkpoint: SignedCheckpoint
    private let cosigned: LogEvidence.Cosigned?
    private let forkNote: String?
    /// Whose bundles are to be made, in the order of their entries.
    private let customers: [String]
    private let proofs = Mutex<[String: LogProof]>([:])

    /// `nil` for a run from before there was a log.
    init?(
        of run: RunRecord, for customers: [String], of station: OpenStation
    ) throws(StationFailure) {
        let number = run.number
        let head = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.head(ofRun: number)
        }
        guard let head else { return nil }
        self.station = station
        self.run = run
        self.head = head
        self.customers = customers
        checkpoint = try Self.checkpoint(head.note, in: station)
        cosigned = try Self.cosigned(head, checkpoint, in: station)
        forkNote = try ForkNote(upTo: head.size, of: station)?.text
    }

    func evidence(for customer: String) throws(StationFailure) -> LogEvidence {
        let proof: LogProof
        if let known = proofs.withLock({ $0.removeValue(forKey: customer) }) {
            proof = known
        } else {
            var made = try proofs(from: customer)
            guard let own = made.removeValue(forKey: customer) else {
                throw damaged("has no entry for the bundle of \(customer) of run \(run.number)")
            }
            proof = own
            proofs.withLock { $0.merge(made) { first, _ in first } }
        }
        return LogEvidence(
            checkpoint: head.note, proof: proof.bytes, cosigned: cosigned, forkNote: forkNote)
    }

    /// Those of a customer and of the ones behind.
    private func proofs(from customer: String) throws(StationFailure) -> [String: LogProof] {
        let start = customers.firstIndex(of: customer) ?? 0
        let portion = customers[start...].prefix(Self.portion)
        let (run, size) = (run.number, head.size)
        let found = try station.fromLedger { ledger throws(LedgerError) in
            var entries: [(customer: String, number: Int64, text: [UInt8])] = []
            for customer in portion {
                let name = BundleName(customer: customer, run: run)
                if let entry = try ledger.entry(ofBundle: name) {
                    entries.append((customer, entry.number, entry.text))
                }
            }
            return try ledger.withLogTree { tree throws(TreeError<LedgerError.Reason>) in
                var proofs: [(customer: String, entry: [UInt8], proof: InclusionProof)] = []
                for entry in entries {
                    let proof = try tree.inclusionProof(of: entry.number, inTreeOfSize: size)
                    proofs.append((entry.customer, entry.text, proof))
                }
                return proofs
            }
        }
        var proofs: [String: LogProof] = [:]
        for (customer, entry, proof) in found {
            proofs[customer] = try Self.making(in: station) { () throws(LogProofError) in
                try LogProof(extra: entry, inclusion: proof, checkpoint: checkpoint)
            }
        }
        return proofs
    }

    private static func making<Proof>(
        in station: OpenStation, _ body: () throws(LogProofError) -> Proof
    ) throws(StationFailure) -> Proof {
        do throws(LogProofError) {
            return try body()
        } catch {
            throw damaged("makes no proof of its log: \(error)", in: station)
        }
    }

    private static func cosigned(
        _ head: LogHeadRecord, _ checkpoint: SignedCheckpoint, in station: OpenStation
    ) throws(StationFailure) -> LogEvidence.Cosigned? {
        guard let note = head.cosigned else { return nil }
        let old = try Self.checkpoint(note, in: station).checkpoint.size
        let proof = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.withLogTree { tree throws(TreeError<LedgerError.Reason>) in
                try tree.consistencyProof(from: old, to: head.size)
            }
        }
        let update = try making(in: station) { () throws(LogProofError) in
            try CheckpointUpdate(consistency: proof, checkpoint: checkpoint)
        }
        return LogEvidence.Cosigned(checkpoint: note, consistency: update.bytes)
    }

    private static func checkpoint(
        _ note: [UInt8], in station: OpenStation
    ) throws(StationFailure) -> SignedCheckpoint {
        do throws(CheckpointError) {
            return try SignedCheckpoint(parsing: note)
        } catch {
            throw damaged("holds a head of the log that is none: \(error)", in: station)
        }
    }

    private func damaged(_ what: String) -> StationFailure {
        Self.damaged(what, in: station)
    }

    private static func damaged(_ what: String, in station: OpenStation) -> StationFailure {
        StationFailure(
            .inputOutput,
            "\(station.folder.ledger): it \(what): restore the ledger from a backup")
    }
}
