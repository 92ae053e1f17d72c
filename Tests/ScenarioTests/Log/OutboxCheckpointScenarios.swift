import Support
import Testing

/// What somebody can do who writes to the outbox.
@Suite(.tags(.manyRuns), .long) struct OutboxCheckpointScenarios {
    private static let request = #"{"name":"A","customer":"acme","payload":{}}"#

    @Test(arguments: [
        "mkdir outbox/checkpoint", "mkfifo outbox/checkpoint", "ln -s /dev/null outbox/checkpoint",
        "echo nonsense >outbox/checkpoint",
        "sed 's,^licenses.example.com/,other.example.com/,' kept >outbox/checkpoint",
    ])
    func `what is no checkpoint of this log stops a run, which says what to do`(
        attack: String
    ) async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(Self.request, as: "a.json")
        _ = try await bench.coldmint("run")
        _ = try await bench.shell("mv outbox/checkpoint kept; \(attack)")
        let run = try await bench.coldmint("run")
        #expect(run.status == 78, "\(run.errors)")
        #expect(run.errors.contains("outbox/checkpoint: "), "\(run.errors)")
        #expect(run.errors.contains("move it away, and run again"), "\(run.errors)")
        let status = try await bench.coldmint("status")
        #expect(status.output.contains("move it away, and run again"), "\(status.output)")
        _ = try await bench.shell("mv outbox/checkpoint away")
        #expect(try await bench.coldmint("run").status == 0)
        #expect(try bench.read("outbox/checkpoint") == bench.read("kept"))
    }

    @Test func `a bundle under the name of a later one is no lost run`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(Self.request, as: "a.json")
        _ = try await bench.coldmint("run")
        _ = try await bench.shell(
            """
            rm outbox/checkpoint; mkdir outbox/zz
            cp outbox/acme/acme-000001.tar outbox/zz/zz-001200.tar
            cp outbox/acme/acme-000001.tar outbox/acme/acme-000777.tar
            """)
        let run = try await bench.coldmint("run")
        #expect(run.status == 0, "\(run.errors)")
    }

    @Test func `an export into a folder with a pipe for a checkpoint is refused`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(Self.request, as: "a.json")
        _ = try await bench.coldmint("run")
        _ = try await bench.shell("mkdir export; mkfifo export/checkpoint")
        let export = try await bench.coldmint("log", "export", "export")
        #expect(export.status == 73)
        #expect(export.errors.contains("no plain file"), "\(export.errors)")
    }
}
