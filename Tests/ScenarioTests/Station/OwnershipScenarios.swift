import Support
import Testing

/// One inbox belongs to one station, and one outbox too.
@Suite struct OwnershipScenarios {
    private static let request = #"{"name":"A","customer":"a","payload":{}}"#

    private static func makeOther(_ bench: Workbench, _ station: String) async throws
        -> Workbench.Answer
    {
        try await bench.coldmint(
            "--station", station, "init", "--issuer", "https://other.example", "--no-passphrase")
    }

    @Test func `no second station is made beside the first`() async throws {
        let bench = try await Workbench.withStation()
        let other = try await Self.makeOther(bench, "other")
        #expect(other.status == 73)
        #expect(other.errors.contains("inbox: this inbox belongs to the station /"))
        #expect(other.errors.contains("/station: make the new station in another folder"))
        #expect(bench.names(in: "") == ["inbox", "outbox", "station"])
        try bench.drop(Self.request, as: "a.json")
        #expect(try await bench.coldmint("run").status == 0)
    }

    @Test(arguments: ["inbox", "outbox"])
    func `a second station whose configuration names the first one's folder is refused`(
        folder: String
    ) async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.shell("mkdir b")
        #expect(try await Self.makeOther(bench, "b/station").status == 0)
        try bench.write(
            "issuer: https://other.example\n\(folder): ../../\(folder)\n",
            to: "b/station/station.yaml")
        try bench.drop(Self.request, as: "a.json")
        try bench.write(Self.request, to: "b/inbox/b.json")
        for command in ["run", "watch"] {
            let refused = try await bench.coldmint("--station", "b/station", command)
            #expect(refused.status == 78)
            #expect(
                refused.errors.contains("\(folder): the \(folder) belongs to another station, /"))
            #expect(refused.errors.contains("name another \(folder) in b/station/station.yaml"))
        }
        #expect(try await bench.coldmint("--station", "b/station", "status").status == 0)
        #expect(try await bench.coldmint("--station", "b/station", "list").output == "")
        #expect(bench.names(in: "inbox").contains("a.json"))
        #expect(try await bench.coldmint("run").status == 0)
    }

    @Test func `folders without a mark become those of the first station that runs`() async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.shell(
            "rm inbox/\(Workbench.mark) outbox/\(Workbench.mark); : >outbox/\(Workbench.mark)")
        #expect(try await Self.makeOther(bench, "other").status == 0)
        _ = try await bench.shell("rm inbox/\(Workbench.mark) outbox/\(Workbench.mark)")
        #expect(try await bench.coldmint("run").status == 0)
        #expect(try await bench.coldmint("--station", "other", "run").status == 78)
        #expect(try await bench.coldmint("run").status == 0)
    }

    @Test func `a station that was moved keeps its folders`() async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.shell("mv station moved")
        #expect(try await bench.coldmint("--station", "moved", "run").status == 0)
    }

    @Test func `a damaged mark is not guessed at`() async throws {
        let bench = try await Workbench.withStation()
        try bench.write("x", to: "inbox/\(Workbench.mark)")
        let run = try await bench.coldmint("run")
        #expect(run.status == 78)
        #expect(run.errors.contains("damaged: remove it, and the next run writes it anew"))
        _ = try await bench.shell("rm inbox/\(Workbench.mark)")
        #expect(try await bench.coldmint("run").status == 0)
    }

    @Test func `one folder may be inbox and outbox`() async throws {
        let bench = try await Workbench.withStation()
        try bench.write(
            "issuer: https://l.example\noutbox: ../inbox\n", to: "station/station.yaml")
        try bench.drop(Self.request, as: "a.json")
        #expect(try await bench.coldmint("run").status == 0)
    }
}
