import Support
import Testing

/// What README.txt tells a customer to install.
@Suite(.tags(.manyRuns), .long) struct ReadmeScenarios {
    /// A license, and when it holds.
    struct Order: Sendable {
        let name: String
        let start: String
        let end: String
        var more = ""

        var request: String {
            #"{"name":"\#(name)","customer":"a","notBefore":"\#(start)","expiresAt":"\#(end)","#
                + #""payload":{}\#(more)}"#
        }
    }

    private static let expired = Order(name: "Expired", start: "2020-01-01", end: "2027-01-10")
    private static let graced = Order(
        name: "Graced", start: "2020-01-01", end: "2027-01-30", more: #","graceDays":30"#)
    private static let running = Order(name: "Running", start: "2026-01-01", end: "2027-06-01")
    private static let longer = Order(name: "Longer", start: "2026-01-01", end: "2028-06-01")
    private static let later = Order(name: "Later", start: "2028-01-01", end: "2032-01-01")

    /// The bundle of all of them on 1 February 2027, issued on 1 January.
    private static func readme(
        _ orders: [Order]
    ) async throws -> (bench: Workbench, text: String) {
        let bench = try Workbench()
        _ = try await bench.coldmint(
            at: "2027-01-01 08:00:00", "init", "--issuer", "https://licenses.example.com",
            "--no-passphrase")
        try bench.drop("[\(orders.map(\.request).joined(separator: ","))]", as: "orders.json")
        #expect(try await bench.coldmint(at: "2027-01-01 09:00:00", "run").status == 0)
        try bench.drop(#"{"action":"deliver","customer":"a"}"#, as: "deliver.json")
        #expect(try await bench.coldmint(at: "2027-02-01 09:00:00", "run").status == 0)
        #expect(try await bench.coldmint("verify", "outbox/a/a-000002.tar").status == 0)
        try await bench.unpack("a/a-000002.tar", into: ".")
        return (bench, try bench.read("a-000002/README.txt"))
    }

    @Test(arguments: [
        ([expired, graced, running, longer, later], "Longer"), ([longer, running], "Longer"),
        ([expired, later, graced], "Graced"), ([expired, later], "Later"), ([expired], "Expired"),
    ])
    func `the commands are for the license that runs and ends last`(
        orders: [Order], name: String
    ) async throws {
        let (bench, readme) = try await Self.readme(orders)
        #expect(readme.contains("They use the license \"\(name)\"."))
        #expect(readme.contains("For another one put its folder") == (orders.count > 1))
        let command = try #require(
            readme.split(separator: "\n").first { $0.contains("license.jwt license.jwt") })
        #expect(try await bench.shell(String(command)).status == 0)
        #expect(try bench.read("license.jwt") == (try await bench.coldmint("token", name).output))
    }

    @Test func `what has taken the place of another license is the one to install`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(#"{"name":"Small","customer":"a","payload":{"seats":5}}"#, as: "small.json")
        #expect(try await bench.coldmint("run").status == 0)
        let small = try #require(
            try bench.receipt(of: "small.json")["results"][0]["license"].string)
        try bench.drop(
            #"[{"name":"Large","customer":"a","payload":{"seats":50},"supersedes":"\#(small)"},"#
                + #"{"action":"deliver","customer":"a"}]"#, as: "large.json")
        #expect(try await bench.coldmint("run").status == 0)
        #expect(try await bench.coldmint("verify", "outbox/a/a-000002.tar").status == 0)
        try await bench.unpack("a/a-000002.tar", into: ".")
        #expect(try bench.read("a-000002/README.txt").contains("They use the license \"Large\"."))
    }

    @Test func `each license is listed with its state when the bundle was made`() async throws {
        let (_, readme) = try await Self.readme([
            Self.expired, Self.graced, Self.running, Self.later,
        ])
        let states = readme.split(separator: "\n").filter { $0.hasPrefix("    state   ") }
        #expect(
            states.map { $0.dropFirst(12) } == ["expired", "in grace", "valid", "not yet valid"])
        let advice = "do not install before 2028-01-01T00:00:00Z; keep the present one until then"
        #expect(readme.contains("    \(advice)\n"))
        #expect(!readme.contains("\n\(advice).\n"))
    }

    @Test func `a license that has not begun is not to be installed yet`() async throws {
        let (_, readme) = try await Self.readme([Self.later])
        #expect(
            readme.contains(
                "\ndo not install before 2028-01-01T00:00:00Z; keep the present one until then.\n"))
    }
}
