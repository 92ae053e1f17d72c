import Support
import Testing

private let order = #"{"name":"Acme","customer":"acme","payload":{"seats":25}}"#

/// The same bytes again, whenever and however they come.
@Suite struct RepeatScenarios {
    private static func license(_ bench: Workbench, _ drop: String) throws -> String {
        try #require(try bench.receipt(of: drop)["results"][0]["license"].string)
    }

    @Test func `years later and after its license was deleted, an old order changes nothing`()
        async throws
    {
        let bench = try await Workbench.withStation()
        try bench.drop(order, as: "order.json")
        _ = try await bench.coldmint(at: "2027-01-01 08:00:00", "run")
        let license = try Self.license(bench, "order.json")
        try bench.drop(
            #"{"action":"delete","license":"\#(license)","name":"Acme"}"#, as: "delete.json")
        _ = try await bench.coldmint(at: "2027-02-01 08:00:00", "run")
        try bench.drop(order, as: "again.json")
        let run = try await bench.coldmint(at: "2032-01-01 08:00:00", "run", "--json")
        #expect(try run.json()["repeated"].integer == 1)
        let receipt = try bench.receipt(of: "again.json")
        #expect(receipt["first"]["run"].integer == 1)
        #expect(receipt["first"]["file"].string == "order.json")
        #expect(try await bench.coldmint("list", "--json").json().elements.count == 1)
        let shown = try await bench.coldmint("show", license, "--json").json()
        #expect(
            shown["history"].elements.compactMap { $0["action"].string } == ["create", "delete"])

        try bench.drop(order.dropLast() + #","requestId":"2"}"#, as: "anew.json")
        _ = try await bench.coldmint(at: "2032-01-01 08:00:00", "run")
        #expect(try bench.receipt(of: "anew.json")["outcome"].string == "accepted")
    }

    @Test func `an update that comes again does not undo what came after it`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(order, as: "order.json")
        _ = try await bench.coldmint("run")
        let license = try Self.license(bench, "order.json")
        func rename(_ name: String) -> String {
            #"{"action":"update","license":"\#(license)","name":"\#(name)"}"#
        }
        for (place, name) in ["B", "C", "B"].enumerated() {
            try bench.drop(rename(name), as: "\(place).json")
            _ = try await bench.coldmint("run")
        }
        #expect(try bench.receipt(of: "2.json")["outcome"].string == "repeated")
        #expect(try await bench.coldmint("show", "C").status == 0)
    }

    @Test func `a script that drops its order every minute gets its license once`() async throws {
        let bench = try await Workbench.withStation()
        for minute in 10..<40 {
            try bench.drop(order, as: "order.json")
            if minute % 3 == 0 { try bench.drop(order, as: "copy.json") }
            let run = try await bench.coldmint(at: "2027-01-01 08:\(minute):00", "run", "--quiet")
            #expect(run.status == 0)
        }
        #expect(bench.names(in: "outbox/acme") == ["acme-000001.tar"])
        let outcomes = try bench.receipts(of: "order.json").compactMap { $0["outcome"].string }
        #expect(outcomes.count == 30)
        #expect(outcomes.filter { $0 == "accepted" }.count <= 1)
        #expect(try await bench.coldmint("list", "--json").json().elements.count == 1)
        #expect(try await bench.coldmint(at: "2027-01-01 09:00:00", "audit").status == 0)
    }

    @Test func `a refused drop may come again as it is`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(order, as: "order.json")
        _ = try await bench.coldmint("run")
        let other = order.replacing("25", with: "50")
        try bench.drop(other, as: "other.json")
        #expect(try await bench.coldmint("run").status == 65)
        let license = try Self.license(bench, "order.json")
        try bench.drop(
            #"{"action":"update","license":"\#(license)","name":"Old"}"#, as: "rename.json")
        #expect(try await bench.coldmint("run").status == 0)
        try bench.drop(other, as: "other.json")
        #expect(try await bench.coldmint("run").status == 0)
        #expect(
            try bench.receipts(of: "other.json").compactMap { $0["outcome"].string }
                == ["accepted", "rejected"])
    }
}
