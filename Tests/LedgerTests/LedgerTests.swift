import Testing

@testable import Ledger

struct LedgerTests {
    @Test func `each drop is judged after those before it have taken effect`() throws {
        let ledger = try newLedger()
        let license = newLicense("A")
        var seen: [String?] = []
        let drops = (1...3).map { entry("\($0)", digest: $0) }
        _ = try ledger.record(drops, in: newRun, number: nil) {
            place, history, _ throws(LedgerError) in
            guard case .isNew(let index) = history else { return Judgement(.repeated, receipt: "") }
            seen.append(try index.license(id: license.id)?.name)
            let changes: [Change] = [
                .create(license),
                .update(LicenseUpdate(license: license.id, name: "B", description: .unchanged)),
                .delete(license: license.id),
            ]
            return Judgement(.accepted, receipt: "{}", changes: [changes[place]])
        }
        #expect(seen == [nil, "A", "B"])
        #expect(try liveLicense("B", in: ledger) == nil)
    }

    @Test func `accepted bytes are repeats ever after and refused ones are not`() throws {
        let ledger = try newLedger()
        var repeats: [String] = []
        let drops = [("1", 1), ("2", 1), ("3", 2), ("4", 1), ("5", 2)]
        for (claim, digest) in drops {
            _ = try ledger.record(
                [entry(claim, digest: UInt8(digest))], in: newRun, number: nil
            ) { _, history, _ in
                guard case .repeats(let first) = history else {
                    return Judgement(claim == "3" ? .rejected : .accepted, receipt: "{}")
                }
                repeats.append(claim + String(decoding: first.claim, as: UTF8.self))
                return Judgement(.repeated, receipt: "{}")
            }
        }
        #expect(repeats == ["21", "41"])
    }

    @Test func `a run is unfinished until it is said to be finished`() throws {
        let ledger = try newLedger()
        #expect(try ledger.newestEntry() == nil)
        let run = try record([], as: "1", digest: 1, in: ledger)
        #expect(try ledger.unfinishedRuns().map(\.number) == [run])
        #expect(try ledger.newestEntry() == 1000)
        try ledger.finishRun(run, at: 1001)
        #expect(try ledger.unfinishedRuns() == [])
        #expect(try record([], as: "2", digest: 2, in: ledger) == run + 1)
    }

    @Test func `customers without a recorded bundle are still to be published to`() throws {
        let ledger = try newLedger()
        let run = try record(
            [.create(newLicense("A", "b")), .create(newLicense("B", "a"))], as: "1", digest: 1,
            in: ledger)
        #expect(try ledger.unpublishedCustomers(ofRun: run) == ["a", "b"])
        let bundle = BundleRecord(
            run: run, customer: "a", sha256: [UInt8](repeating: 1, count: 32), publishedAt: 1)
        try ledger.add([bundle])
        #expect(try ledger.unpublishedCustomers(ofRun: run) == ["b"])
        #expect(try ledger.publishedCustomers(ofRun: run) == ["a"])
        #expect(throws: LedgerError.self) { try ledger.add([bundle]) }
    }

    @Test func `the schema refuses a second active key and a claim recorded twice`() throws {
        let ledger = try newLedger()
        let other = NewKey(
            kid: String(repeating: "o", count: 43), publicKey: [UInt8](repeating: 8, count: 32),
            createdAt: 2, isImported: false, isActive: true)
        #expect(throws: LedgerError.self) { try ledger.add(other) }
        try record([], as: "1", digest: 1, in: ledger)
        #expect(throws: LedgerError.self) {
            try record([], as: "1", digest: 2, in: ledger)
        }
    }

    @Test func `a failed transaction leaves nothing behind`() throws {
        let ledger = try newLedger()
        var wrong = newLicense("B")
        wrong = NewLicense(
            id: "short", name: wrong.name, customer: wrong.customer, description: nil,
            notBefore: 1, expiresAt: 2, token: "t",
            tokenSHA256: wrong.tokenSHA256)
        #expect(throws: LedgerError.self) {
            try record(
                [.create(newLicense("A")), .create(wrong)], as: "1", digest: 1, in: ledger)
        }
        #expect(try liveLicense("A", in: ledger) == nil)
        #expect(try ledger.unfinishedRuns() == [])
    }
}
