import Bundling
import CalendarTime
import DurableFiles
import Ledger
import LicenseRequest
import LicenseToken
import Signing
import Spool

extension Run {
    /// A chunk of drops is recorded in one transaction; it ends where one of these is reached.
    private enum ChunkLimit {
        static let drops = 256
        static let bytes = 64 << 20
    }

    mutating func add(_ drop: ParsedDrop, _ byteCount: Int) throws(StationFailure) {
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
        let creations = drops.map(\.creations)
        let signed = try licenses(for: creations.flatMap { $0 })
        let licenses = Self.divide(signed, by: creations.map(\.count))
        let entries = drops.map {
            DropEntry(claim: $0.claim.fileName.bytes, sha256: $0.sha256?.bytes)
        }
        let run = NewRun(
            startedAt: now.secondsSinceEpoch, issuer: station.configuration.issuer,
            kid: kid)
        let number = report.run
        let now = now
        report.run = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.record(entries, in: run, number: number) {
                place, history, number throws(LedgerError) in
                try DropJudge(now: now, run: number)
                    .judge(drops[place], licenses: licenses[place], history)
            }
        }
    }

    private func licenses(
        for requests: [CreateRequest]
    ) throws(StationFailure) -> [NewLicense] {
        guard !requests.isEmpty else { return [] }
        let issuing = LicenseIssuer(
            issuer: station.configuration.issuer, now: now, environment: environment,
            key: try key(kid))
        return try issuing.licenses(for: requests)
    }

    private static func divide(_ licenses: [NewLicense], by counts: [Int]) -> [[NewLicense]] {
        var rest = licenses[...]
        return counts.map { count in
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
    }
}
