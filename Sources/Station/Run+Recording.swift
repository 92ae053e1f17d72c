import Bundling
import Ledger
import LicenseRequest
import LicenseToken
import RFC3339
import Signing

extension Run {
    /// A chunk of drops is recorded in one transaction; it ends where one of these is reached.
    private enum ChunkLimit {
        static let drops = 256
        static let bytes = 64 << 20
    }

    mutating func add(_ drop: PreparedDrop, _ byteCount: Int) throws(StationFailure) {
        chunk.append(drop)
        chunkBytes += byteCount
        if chunk.count >= ChunkLimit.drops || chunkBytes >= ChunkLimit.bytes { try record() }
    }

    /// Signs and records the chunk; from here on its outcome is decided.
    mutating func record() throws(StationFailure) {
        if !chunk.isEmpty { try beginRun() }
    }

    /// Records what the chunk holds, if anything, and the run itself with it.
    mutating func beginRun() throws(StationFailure) {
        let drops = chunk
        chunk = []
        chunkBytes = 0
        var licenses = try issuing.licenses(for: drops.flatMap(\.requests))[...]
        let entries = drops.map { drop in
            let own = licenses.prefix(drop.requests.count)
            licenses = licenses.dropFirst(drop.requests.count)
            return drop.entry(licenses: Array(own))
        }
        let run = NewRun(
            startedAt: now.secondsSinceEpoch, issuer: station.configuration.issuer,
            kid: issuing.signer.jwk.thumbprint)
        let number = report.run
        let now = now
        report.run = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.record(entries, in: run, number: number) { place, decision, number in
                Self.receipt(
                    drops[place], entries[place], decision, run: number, handledAt: now)
            }
        }
    }

    private static func receipt(
        _ drop: PreparedDrop, _ entry: DropEntry, _ decision: Decision, run: Int64,
        handledAt: Timestamp
    ) -> String {
        let receipt = Receipt(
            claim: drop.claim, sha256: drop.sha256?.description, run: run, handledAt: handledAt)
        switch decision {
        case .accepted:
            return receipt.accepted(
                zip(entry.licenses, drop.requests).map { license, request in
                    license.result(
                        bundle: .init(customer: license.customer, run: run),
                        requestID: request.requestID)
                })
        case .refused: return receipt.rejected(drop.problems)
        case .repeated(let first): return receipt.repeated(first: first)
        case .namesTaken(let places):
            return receipt.rejected(places.map { drop.requests[$0].nameTaken })
        }
    }
}
