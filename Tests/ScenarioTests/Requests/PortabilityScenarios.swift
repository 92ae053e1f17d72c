import Support
import Testing

@Suite(.tags(.manyRuns), .long) struct PortabilityScenarios {
    @Test func `check warns of what verifiers stumble over, and refuses nothing for it`()
        async throws
    {
        let bench = try await Workbench.withStation()
        let long = String(repeating: "x", count: 90_000)
        try bench.write(
            """
            [{"name":"A","customer":"a","payload":{"seats":25.0,"limits":{"nodes":[1,1e2]},
              "ratio":1.5,"scope":"all","plan":"pro"}},
             {"name":"B","customer":"a","payload":{"seats":5,"text":"\(long)"}}]
            """, to: "orders.json")
        let json = try await bench.coldmint("check", "--json", "orders.json").json()[0]
        #expect(json["valid"].bool == true)
        #expect(
            json["warnings"].elements.compactMap { $0["pointer"].string } == [
                "/0/payload/seats", "/0/payload/limits/nodes/1", "/0/payload/scope", "/1/payload",
            ])
        let text = try await bench.coldmint("check", "orders.json")
        #expect(text.status == 0)
        #expect(text.output == "orders.json: good, 2 requests\n")
        for words in ["25.0 is whole", ": write 25", ": write 100", "RFC 8693", "100,000"] {
            #expect(text.errors.contains(words), "\(words)")
        }
        #expect(text.errors.split(separator: "\n").count == 4)
        try bench.drop(try bench.read("orders.json"), as: "orders.json")
        #expect(try await bench.coldmint("run").status == 0)
    }

    @Test func `warnings are no more than can be read`() async throws {
        let bench = try await Workbench.withStation()
        let numbers = Array(repeating: "1.0", count: 500).joined(separator: ",")
        try bench.write(
            #"{"name":"A","customer":"a","payload":{"n":[\#(numbers)]}}"#, to: "a.json")
        let json = try await bench.coldmint("check", "--json", "a.json").json()[0]
        #expect(json["warnings"].elements.count == 100)
    }
}
