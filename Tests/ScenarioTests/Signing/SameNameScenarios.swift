import Support
import Testing

/// Drops of one name that wait for signatures at the same time.
@Suite(.tags(.manyRuns), .long) struct SameNameScenarios {
    @Test func `signatures stay beside the first of two drops that are the same to the byte`()
        async throws
    {
        let text = #"{"name":"A","customer":"acme","payload":{}}"#
        let bench = try await Workbench.withSigners(settings: "approvals: 2")
        try await bench.drop(text, as: "a.json", signedBy: ["alice"])
        #expect(try await bench.coldmint(at: "2026-12-01 09:00:00", "run").status == 0)
        let first = try #require(bench.names(in: "inbox/.claimed").first)
        try bench.drop(text, as: "a.json")
        let waiting = try await bench.coldmint(at: "2026-12-01 10:00:00", "run", "--json")
            .json()["awaitingApproval"]
        #expect(waiting.elements.map { $0["signers"].elements.count } == [1, 1])
        #expect(bench.names(in: "inbox/.claimed").contains("\(first).sig"))

        try await bench.sign("a.json", by: "bob", as: "inbox/a.json.bob.sig")
        let run = try await bench.coldmint(at: "2026-12-01 11:00:00", "run", "--json").json()
        #expect(run["accepted"].integer == 1)
        #expect(run["repeated"].integer == 1)
        #expect(
            bench.names(in: "inbox/accepted").filter { $0.hasPrefix(first) } == [
                first, "\(first).bob.sig", "\(first).receipt.json", "\(first).sig",
            ])
        #expect(try await bench.coldmint("audit").status == 0)
    }
}
