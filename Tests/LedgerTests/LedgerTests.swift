import CalendarTime
import LicenseToken
import Testing

@testable import Ledger

struct LedgerTests {
    @Test func `each drop is judged after those before it have taken effect`() throws {
        let ledger = try newLedger()
        let license = try newLicense("A")
        var seen: [String?] = []
        try record([("1", 1), ("2", 2), ("3", 3)], in: ledger) {
            claim, reader throws(LedgerError) in
            seen.append(try reader.license(license.id)?.name)
            return switch claim {
            case "1": [.create(license)]
            case "2":
                [.update(LicenseUpdate(license: license.id, name: "B", description: .unchanged))]
            default: [.delete(license.id)]
            }
        }
        #expect(seen == [nil, "A", "B"])
        #expect(try liveLicense("B", in: ledger) == nil)
    }

    @Test func `accepted bytes are repeats ever after and refused ones are not`() throws {
        let ledger = try newLedger()
        var repeats: [String] = []
        let drops: [(String, UInt8)] = [("1", 1), ("2", 1), ("3", 2), ("4", 1), ("5", 2)]
        let (time, kid) = (try time(1000), try kid())
        for (claim, byte) in drops {
            let digest = try digest(byte)
            try ledger.withTransaction { transaction throws(LedgerError) in
                let run = try transaction.beginRun(at: time, issuer: "https://a.example", kid: kid)
                let first = try transaction.reader.acceptedDrop(digest)
                if let first {
                    repeats.append(claim + String(decoding: first.claim, as: UTF8.self))
                }
                let outcome: DropOutcome =
                    first != nil ? .repeated : claim == "3" ? .rejected : .accepted
                _ = try transaction.insert(
                    DropRecord(
                        run: run.number, claim: Array(claim.utf8), digest: digest,
                        outcome: outcome, receipt: "{}"), in: run)
            }
        }
        #expect(repeats == ["21", "41"])
        #expect(
            try ledger.acceptedDigests(among: [digest(1), digest(2), digest(3)])
                == [digest(1), digest(2)])
    }

    @Test func `a run is unfinished until it is said to be finished`() throws {
        let ledger = try newLedger()
        #expect(try ledger.newestTime() == time(1))
        let run = try record([], as: "1", digest: 1, in: ledger)
        #expect(try ledger.unfinishedRuns().map(\.number) == [run])
        #expect(try ledger.newestTime() == time(1000))
        try ledger.finishRun(run, at: try time(1001))
        #expect(try ledger.unfinishedRuns() == [])
        #expect(try record([], as: "2", digest: 2, in: ledger) == run + 1)
    }

    @Test func `customers without a recorded bundle are still to be published to`() throws {
        let ledger = try newLedger()
        let run = try record(
            [.create(try newLicense("A", "b")), .create(try newLicense("B", "a"))], as: "1",
            digest: 1,
            in: ledger)
        #expect(try ledger.unpublished(ofRun: run).customers == ["a", "b"])
        let bundle = BundleRecord(
            run: run, customer: "a", digest: try digest(1), publishedAt: try time(1))
        try ledger.add([bundle])
        #expect(try ledger.unpublished(ofRun: run).customers == ["b"])
        #expect(try ledger.publishedCustomers(ofRun: run) == ["a"])
        #expect(throws: LedgerError.self) { try ledger.add([bundle]) }
    }

    @Test func `the schema refuses a second active key and a claim recorded twice`() throws {
        let ledger = try newLedger()
        let other = try key(8, .active, at: 2)
        #expect(throws: LedgerError.self) { try ledger.add(other, .generated) }
        try record([], as: "1", digest: 1, in: ledger)
        #expect(throws: LedgerError.self) {
            try record([], as: "1", digest: 2, in: ledger)
        }
    }

    @Test func `a failed transaction leaves nothing behind`() throws {
        let ledger = try newLedger()
        let wrong = try newLicense("")
        #expect(throws: LedgerError.self) {
            try record(
                [.create(try newLicense("A")), .create(wrong)], as: "1", digest: 1, in: ledger)
        }
        #expect(try liveLicense("A", in: ledger) == nil)
        #expect(try ledger.unfinishedRuns() == [])
    }
}
