import Foundation
import Support
import Testing

/// What docs/tables.md tells people to do, done, with the table and the product of `Examples`.
@Suite(.tags(.manyRuns), .long) struct TableDocumentationTests {
    private static func run(_ name: String, in bench: Workbench) async throws -> Workbench.Answer {
        try await DocumentedPrograms(of: "tables.md").run(name, in: bench)
    }

    private static func bench() async throws -> Workbench {
        let bench = try await Workbench.withStation()
        let examples = "\(Workbench.repository)/Examples"
        let copied = try await bench.shell(
            "cp -r '\(examples)/sales.csv' '\(examples)/products' . && cp -r products station/")
        try #require(copied.status == 0, "\(copied.errors)")
        return bench
    }

    @Test(arguments: ["sell.sh", "divide.sh"])
    func `a table becomes licenses and comes back with them`(way: String) async throws {
        let bench = try await Self.bench()
        let made = try await Self.run(way, in: bench)
        try #require(made.status == 0, "\(made.errors)")
        #expect(
            bench.names(in: "inbox").filter { $0.hasSuffix(".json") }.count
                == (way == "sell.sh" ? 1 : 2))
        #expect(try await bench.coldmint("run").status == 0)
        let joined = try await Self.run("join.sh", in: bench)
        #expect(joined.status == 0, "\(joined.errors)")
        let rows = try bench.read("sales-done.csv").split(separator: "\n")
        #expect(rows.count == 4)
        #expect(rows.dropFirst().allSatisfy { $0.contains(",accepted,") })
        let shown = try await bench.coldmint("show", "Acme production", "--json").json()
        #expect(
            shown["payload"].canonical
                == #"{"costCenter":"0042","modules":["analytics"],"plan":"pro","seats":25}"#)
    }

    @Test func `renewals go through a table`() async throws {
        let bench = try await Self.bench()
        try bench.drop(
            #"{"name":"A","customer":"acme-gmbh","product":"analytics","plan":"pro","payload":{"seats":3}}"#,
            as: "a.json")
        #expect(try await bench.coldmint("run").status == 0)
        // The documented command looks sixty days ahead.
        let text = try #require(DocumentedPrograms(of: "tables.md").texts["renew.sh"])
            .replacing("--within 60", with: "--within 400")
            .replacing("coldmint ", with: "'\(Workbench.binary)' ")
        let renewed = try await bench.shell(text)
        #expect(renewed.status == 0, "\(renewed.errors)")
        #expect(try await bench.coldmint("run").status == 0)
        let names = try await bench.coldmint("list", "--json").json().elements
        #expect(names.count == 2)
        #expect(names.last?["supersedes"].string == names.first?["id"].string)
        #expect(names.last?["product"].string == "analytics")
    }
}
