import Foundation
import Support
import Testing

/// Updates, deletions and deliveries, alone and together.
@Suite(.tags(.manyRuns), .long) struct ChangeScenarios {
    private static let orders = """
        [{"name":"A","customer":"a","payload":{"n":1}},{"name":"B","customer":"a","payload":{"n":2}},
         {"name":"C","customer":"c","payload":{"n":3}}]
        """

    /// A station with the licenses A and B of the customer a, and C of c; ids by name.
    private static func bench() async throws -> (Workbench, ids: [String: String]) {
        let bench = try await Workbench.withStation()
        try bench.drop(orders, as: "orders.json")
        _ = try await bench.coldmint("run")
        var ids: [String: String] = [:]
        for license in try await bench.coldmint("list", "--json").json().elements {
            ids[license["name"].string ?? ""] = license["id"].string
        }
        try #require(ids.count == 3)
        return (bench, ids)
    }

    /// Puts ids in the places of `<A>`, `<B>` and `<C>`.
    private static func filled(_ text: String, _ ids: [String: String]) -> String {
        ids.reduce(text) { $0.replacing("<\($1.key)>", with: $1.value) }
    }

    private static func names(_ bench: Workbench) async throws -> [String] {
        try await bench.coldmint("list", "--json").json().elements
            .filter { $0["deletedAt"].isAbsent }.compactMap { $0["name"].string }
    }

    @Test func `a mixed array is carried out in order`() async throws {
        let (bench, ids) = try await Self.bench()
        let text = """
            [{"action":"update","license":"<A>","name":"X"},
             {"action":"update","license":"<B>","name":"A"},
             {"action":"deliver","customer":"c","requestId":"d"},
             {"action":"delete","license":"<C>","name":"C"},
             {"name":"C","customer":"c","payload":{"n":4}}]
            """
        try bench.drop(Self.filled(text, ids), as: "mixed.json")
        #expect(try await bench.coldmint("run").status == 0)
        let results = try bench.receipt(of: "mixed.json")["results"].elements
        #expect(
            results.compactMap { $0["action"].string } == [
                "update", "update", "deliver", "delete", "create",
            ])
        #expect(results[2]["requestId"].string == "d")
        #expect(try await Self.names(bench) == ["X", "A", "C"])
        let verified = try await bench.coldmint("verify", "--json", "outbox/c/c-000002.tar").json()
        #expect(
            verified[0]["licenses"].elements.compactMap { $0["id"].string }
                == [ids["C"], results[4]["license"].string])
        #expect(bench.names(in: "outbox/a") == ["a-000001.tar"])
        #expect(try await bench.coldmint("audit").status == 0)
    }

    @Test(arguments: [
        #"[{"action":"delete","license":"<A>","name":"A"},{"action":"update","license":"<B>","name":"C"}]"#,
        #"[{"action":"update","license":"<A>","name":"Z"},{"action":"delete","license":"<A>","name":"A"}]"#,
        #"[{"action":"deliver","customer":"c"},{"action":"deliver","customer":"nobody"}]"#,
        #"[{"name":"N","customer":"n","payload":{}},{"action":"update","license":"<A>"}]"#,
    ])
    func `one bad request of an array refuses all of it`(text: String) async throws {
        let (bench, ids) = try await Self.bench()
        try bench.drop(Self.filled(text, ids), as: "bad.json")
        #expect(try await bench.coldmint("run").status == 65)
        #expect(
            try bench.receipt(of: "bad.json")["problems"][0]["pointer"].string?.prefix(2) == "/1")
        #expect(try await Self.names(bench) == ["A", "B", "C"])
        #expect(bench.names(in: "outbox") == ["a", "c", "checkpoint"])
        #expect(bench.names(in: "outbox/c") == ["c-000001.tar"])
        for id in ids.values {
            let shown = try await bench.coldmint("show", id, "--json").json()
            #expect(shown["history"].elements.count == 1)
        }
    }

    @Test func `drops of one run see what those before them did`() async throws {
        let (bench, ids) = try await Self.bench()
        let drops = [
            "1": #"{"action":"delete","license":"<A>","name":"A"}"#,
            "2": #"{"name":"A","customer":"new","payload":{}}"#,
            "3": #"{"name":"A","customer":"late","payload":{}}"#,
            "4": #"{"action":"delete","license":"<A>","name":"A"}"#,
            "5": #"{"action":"delete","license":"<A>","name":"A","requestId":"x"}"#,
        ]
        for (name, text) in drops { try bench.drop(Self.filled(text, ids), as: "\(name).json") }
        let run = try await bench.coldmint("run", "--json").json()
        #expect(run["accepted"].integer == 2)
        #expect(run["rejected"].integer == 2)
        #expect(run["repeated"].integer == 1)
        let codes = try ["3", "5"].map {
            try bench.receipt(of: "\($0).json")["problems"][0]["code"].string
        }
        #expect(codes == ["name-taken", "no-such-license"])
        #expect(try bench.receipt(of: "4.json")["outcome"].string == "repeated")
    }

    @Test func `a bundle that could not be made at once is made later as it would have been`()
        async throws
    {
        let (bench, ids) = try await Self.bench()
        _ = try await bench.shell("mkdir -p outbox/a && echo junk >outbox/a/a-000002.tar")
        try bench.drop(#"{"action":"deliver","customer":"a"}"#, as: "deliver.json")
        #expect(try await bench.coldmint("run").status == 74)
        let text = """
            [{"action":"update","license":"<A>","name":"X","description":"new"},
             {"action":"delete","license":"<B>","name":"B"}]
            """
        try bench.drop(Self.filled(text, ids), as: "later.json")
        #expect(try await bench.coldmint("run").status == 74)
        #expect(try bench.receipt(of: "later.json")["outcome"].string == "accepted")
        _ = try await bench.shell("rm outbox/a/a-000002.tar")
        #expect(try await bench.coldmint("run").status == 0)
        #expect(try await bench.delivered("a/a-000002.tar").keys.sorted() == ["A", "B"])
        #expect(try await bench.coldmint("audit").status == 0)
    }

    @Test func `check says of every drop what the run then says`() async throws {
        let (bench, ids) = try await Self.bench()
        var generator = SystemRandomNumberGenerator()
        let names = ["A", "B", "C", "D"]
        func request() -> String {
            let name = names.randomElement(using: &generator) ?? ""
            let id = ids.values.randomElement(using: &generator) ?? ""
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: return #"{"name":"\#(name)","customer":"a","payload":{}}"#
            case 1: return #"{"action":"update","license":"\#(id)","name":"\#(name)"}"#
            case 2: return #"{"action":"delete","license":"\#(id)","name":"\#(name)"}"#
            case 3: return #"{"action":"deliver","customer":"\#(name.lowercased())"}"#
            default: return #"{"action":"delete","license":"\#(id)","name":"\#(name)","x":1}"#
            }
        }
        for round in 0..<60 {
            let requests = (0..<Int.random(in: 1...4, using: &generator)).map { _ in request() }
            let text = "[\(requests.joined(separator: ","))]"
            try bench.drop(text, as: "\(round).json")
            let check = try await bench.coldmint(
                "check", "--json", "--station", "station", "inbox/\(round).json")
            _ = try await bench.coldmint("run")
            let receipt = try bench.receipt(of: "\(round).json")
            let verdict = try check.json()[0]
            #expect(verdict["problems"].canonical == receipt["problems"].canonical, "\(text)")
            #expect(verdict["valid"].bool == (receipt["outcome"].string != "rejected"), "\(text)")
            #expect(verdict["repeats"].canonical == receipt["first"].canonical, "\(text)")
        }
        #expect(try await bench.coldmint("audit").status == 0)
    }
}
