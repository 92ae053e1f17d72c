import Support
import Testing

/// Drops that try to make more work or a longer answer than they are long.
@Suite(.tags(.manyRuns), .long) struct LargeDropScenarios {
    private static let good = #"{"name":"A","customer":"a","payload":{}}"#

    @Test func `a drop of five megabytes gets a short receipt, and the one beside it a license`()
        async throws
    {
        let bench = try await Workbench.withStation()
        let name = String(repeating: "n", count: 5 << 20)
        let repeated = (0..<102).map { _ in #""a":1"# }.joined(separator: ",")
        try bench.drop(
            #"{"name":"B","customer":"b","payload":{"\#(name)":{\#(repeated)}}}"#, as: "bad.json")
        try bench.drop(Self.good, as: "good.json")
        let check = try await bench.coldmint("check", "inbox/bad.json")
        #expect(check.status == 65)
        #expect(check.output.utf8.count < 100_000)
        let run = try await bench.coldmint("run")
        #expect(run.status == 65)
        #expect(try bench.receipt(of: "good.json")["outcome"].string == "accepted")
        let receipt = try bench.receipt(of: "bad.json")
        #expect(receipt["problems"].elements.count == 100)
        #expect(receipt["problems"][99]["code"].string == "too-many")
        let pointer = receipt["problems"][0]["pointer"].string ?? ""
        #expect(pointer.unicodeScalars.count == 500)
        #expect(pointer.hasPrefix("/payload/nnn") && pointer.hasSuffix("nnn/a"))
    }
}
