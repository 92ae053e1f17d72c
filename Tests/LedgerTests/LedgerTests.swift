import Testing

@testable import Ledger

struct LedgerTests {
    private static let kid = String(repeating: "k", count: 43)
    private static let run = NewRun(startedAt: 1000, issuer: "https://example.com", kid: kid)

    private static func ledger() throws -> Ledger {
        let ledger = try Ledger.inMemory()
        try ledger.add(
            KeyRecord(
                kid: kid, publicKey: [UInt8](repeating: 7, count: 32), state: .active, createdAt: 1)
        )
        return ledger
    }

    private static func license(_ name: String, _ customer: String = "acme") -> NewLicense {
        let number = Int.random(in: 100_000_000_000..<1_000_000_000_000)
        return NewLicense(
            id: "00000000-0000-7000-8000-\(number)", name: name, customer: customer,
            description: nil, notBefore: 1, expiresAt: 2,
            token: "token of \(name)")
    }

    private static func entry(
        _ claim: String, digest: UInt8, _ licenses: [NewLicense], isRefused: Bool = false
    ) -> DropEntry {
        DropEntry(
            claim: Array(claim.utf8), sha256: [UInt8](repeating: digest, count: 32),
            licenses: licenses, isRefused: isRefused)
    }

    /// What the ledger decided, as the receipt of each entry.
    private static func record(
        _ entries: [DropEntry], in ledger: Ledger, number: Int64? = nil
    ) throws -> (run: Int64, decisions: [String]) {
        let run = try ledger.record(entries, in: Self.run, number: number) { _, decision, _ in
            switch decision {
            case .accepted: "accepted"
            case .refused: "refused"
            case .repeated(let first): "repeats \(String(decoding: first.claim, as: UTF8.self))"
            case .namesTaken(let places): "taken \(places)"
            }
        }
        return (run, try ledger.drops(ofRun: run).map(\.receipt))
    }

    @Test func `a drop with a taken name is refused whole and the others are not`() throws {
        let ledger = try Self.ledger()
        let (run, decisions) = try Self.record(
            [
                Self.entry("1", digest: 1, [Self.license("A")]),
                Self.entry("2", digest: 2, [Self.license("B"), Self.license("A")]),
                Self.entry("3", digest: 3, [Self.license("C")]),
            ], in: ledger)
        #expect(decisions == ["accepted", "taken [1]", "accepted"])
        #expect(try ledger.licenses(ofRun: run, customer: "acme").map(\.name) == ["A", "C"])
        #expect(try ledger.license(name: "B") == nil)
    }

    @Test func `a name used twice in one drop is taken by its first use`() throws {
        let decisions = try Self.record(
            [Self.entry("1", digest: 1, [Self.license("A"), Self.license("A")])],
            in: try Self.ledger()
        ).decisions
        #expect(decisions == ["taken [1]"])
    }

    @Test func `names that Unicode calls equivalent are two names`() throws {
        let decisions = try Self.record(
            [Self.entry("1", digest: 1, [Self.license("\u{e9}"), Self.license("e\u{301}")])],
            in: try Self.ledger()
        ).decisions
        #expect(decisions == ["accepted"])
    }

    @Test func `accepted bytes are repeats ever after and refused ones are not`() throws {
        let ledger = try Self.ledger()
        let first = try Self.record(
            [
                Self.entry("1", digest: 1, [Self.license("A")]),
                Self.entry("2", digest: 1, [Self.license("B")]),
                Self.entry("3", digest: 2, [], isRefused: true),
            ], in: ledger)
        #expect(first.decisions == ["accepted", "repeats 1", "refused"])
        let second = try Self.record(
            [
                Self.entry("4", digest: 1, [], isRefused: true),
                Self.entry("5", digest: 2, [Self.license("C")]),
            ], in: ledger)
        #expect(second.decisions == ["repeats 1", "accepted"])
    }

    @Test func `a run is unfinished until it is said to be finished`() throws {
        let ledger = try Self.ledger()
        #expect(try ledger.newestEntry() == nil)
        let run = try Self.record([Self.entry("1", digest: 1, [])], in: ledger).run
        #expect(try ledger.unfinishedRuns().map(\.number) == [run])
        #expect(try ledger.newestEntry() == 1000)
        try ledger.finishRun(run, at: 1001)
        #expect(try ledger.unfinishedRuns() == [])
        #expect(try Self.record([Self.entry("2", digest: 2, [])], in: ledger).run == run + 1)
    }

    @Test func `customers without a recorded bundle are still to be published to`() throws {
        let ledger = try Self.ledger()
        let run = try Self.record(
            [Self.entry("1", digest: 1, [Self.license("A", "b"), Self.license("B", "a")])],
            in: ledger
        ).run
        #expect(try ledger.unpublishedCustomers(ofRun: run) == ["a", "b"])
        let bundle = BundleRecord(
            run: run, customer: "a", sha256: [UInt8](repeating: 1, count: 32), publishedAt: 1)
        try ledger.add([bundle])
        #expect(try ledger.unpublishedCustomers(ofRun: run) == ["b"])
        #expect(try ledger.publishedCustomers(ofRun: run) == ["a"])
        #expect(throws: LedgerError.self) { try ledger.add([bundle]) }
    }

    @Test func `the schema refuses a second active key and a claim recorded twice`() throws {
        let ledger = try Self.ledger()
        let other = KeyRecord(
            kid: String(repeating: "o", count: 43), publicKey: [UInt8](repeating: 8, count: 32),
            state: .active, createdAt: 2)
        #expect(throws: LedgerError.self) { try ledger.add(other) }
        _ = try Self.record([Self.entry("1", digest: 1, [])], in: ledger)
        #expect(throws: LedgerError.self) {
            try Self.record([Self.entry("1", digest: 2, [])], in: ledger)
        }
    }

    @Test func `a failed transaction leaves nothing behind`() throws {
        let ledger = try Self.ledger()
        var wrong = Self.license("B")
        wrong = NewLicense(
            id: "short", name: wrong.name, customer: wrong.customer, description: nil,
            notBefore: 1, expiresAt: 2, token: "t")
        #expect(throws: LedgerError.self) {
            try Self.record(
                [
                    Self.entry("1", digest: 1, [Self.license("A")]),
                    Self.entry("2", digest: 2, [wrong]),
                ], in: ledger)
        }
        #expect(try ledger.license(name: "A") == nil)
        #expect(try ledger.unfinishedRuns() == [])
    }
}
