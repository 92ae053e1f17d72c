import GRDB
import Signatures
import Testing

@testable import Ledger

/// The log over the record, and the comparison of the two.
struct LogTests {
    private func seal(_ run: RunRecord, in ledger: Ledger) throws {
        let signature = try #require(Signature(bytes: [UInt8](repeating: 0, count: 64)))
        let signer = HeadSigner(
            issuer: run.issuer, publicKey: try key(7, .active, at: 1).publicKey,
            seed: [UInt8](repeating: 1, count: HeadSigner.seedByteCount)
        ) { _ in signature }
        try ledger.withTransaction { transaction throws(LedgerError) in
            try transaction.seal(run, by: signer)
        }
    }

    @Test func `what is recorded while an audit is at work is no finding of it`() throws {
        let ledger = try newLedger()
        try record([.create(try newLicense("A"))], as: "first", digest: 1, in: ledger)
        var comparison = try ledger.read { try LogComparison(in: $0, upTo: 100) }
        let license = try newLicense("B")
        let run = try record([("second", 2)], in: ledger) { _, _ in [.create(license)] }
        try seal(run, in: ledger)
        var next: Int64? = 0
        while let number = next {
            next = try ledger.read { try comparison.compare(entriesFrom: number, in: $0) }
        }
        try ledger.read { try comparison.finish(in: $0) }
        #expect(comparison.faults == [])
    }

    @Test func `entries in many tiles are those of the records`() throws {
        let ledger = try newLedger()
        let (time, kid) = (try time(1000), try kid())
        for number in 0..<3 {
            var licenses: [String: Change] = [:]
            for drop in 0..<100 {
                licenses["\(number).\(drop)"] = .create(try newLicense("\(number).\(drop)"))
            }
            try ledger.withTransaction { transaction throws(LedgerError) in
                let run = try transaction.beginRun(
                    at: time, issuer: "https://example.com", kid: kid)
                try transaction.enterPolicies(of: run)
                for (claim, change) in licenses.sorted(by: { $0.key < $1.key }) {
                    var changes = try transaction.insert(
                        DropRecord(
                            run: run.number, claim: Array(claim.utf8),
                            digest: SHA256Digest(of: claim.utf8), outcome: .accepted,
                            receipt: "{}"), in: run)
                    try changes.apply(change)
                    try changes.finish()
                }
            }
        }
        #expect(try ledger.logSize() == 303)
        #expect(try ledger.logFaults(upTo: 100) == [])
    }
}
