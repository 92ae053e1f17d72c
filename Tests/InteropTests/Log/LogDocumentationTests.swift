import Support
import Testing

/// What docs/log.md tells operators and auditors to do, done.
@Suite(.tags(.otherPrograms), .long) struct LogDocumentationTests {
    private static func run(
        _ names: String..., in bench: Workbench
    ) async throws -> Workbench.Answer {
        var answer = try await bench.shell("true")
        for name in names {
            answer = try await DocumentedPrograms(of: "log.md").run(name, in: bench)
            #expect(answer.status == 0, "\(name): \(answer.output)\(answer.errors)")
        }
        return answer
    }

    private static func issue(_ name: String, in bench: Workbench) async throws {
        try bench.drop(
            #"{"name":"\#(name)","customer":"acme-gmbh","payload":{}}"#, as: "\(name).json")
        #expect(try await bench.coldmint("run").status == 0)
    }

    @Test func `an auditor's round leads to a cosigned checkpoint`() async throws {
        let bench = try await Workbench.withStation()
        try await Self.issue("A", in: bench)
        #expect(
            try await Self.run("look.sh", in: bench).output.hasPrefix("log licenses.example.com"))
        _ = try await Self.run("auditor-key.sh", "log-key.sh", "first.sh", in: bench)
        try await Self.issue("B", in: bench)
        let added = try await Self.run("update.sh", "cosign.sh", "add.sh", in: bench)
        #expect(added.output.contains("— auditor.example.org "))
        try await Self.issue("C", in: bench)
        let verified = try await bench.shell(
            "'\(Workbench.verifier)' outbox/*/*-000003.tar --witness \"$(cat auditor.vkey)\"")
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
    }

    @Test func `an export and a fork are made as the page says`() async throws {
        let bench = try await Workbench.withStation()
        try await Self.issue("A", in: bench)
        _ = try await bench.shell("mkdir public; cp station/ledger.sqlite older.sqlite")
        _ = try await Self.run("export.sh", in: bench)
        #expect(bench.names(in: "public/log") == ["checkpoint", "tile"])
        try await Self.issue("B", in: bench)
        _ = try await bench.shell("cp older.sqlite station/ledger.sqlite")
        #expect(try await bench.coldmint("run").status == 78)
        #expect(try await Self.run("fork.sh", in: bench).status == 0)
    }
}
