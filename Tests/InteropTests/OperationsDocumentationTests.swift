import Foundation
import Support
import Testing

/// What docs/operations.md tells people to do, done.
@Suite(.tags(.otherPrograms), .long) struct OperationsDocumentationTests {
    private static func run(_ name: String, in bench: Workbench) async throws -> Workbench.Answer {
        let answer = try await DocumentedPrograms(of: "operations.md").run(name, in: bench)
        #expect(answer.status == 0, "\(name): \(answer.output)\(answer.errors)")
        return answer
    }

    private static func issue(_ name: String, in bench: Workbench) async throws {
        try bench.drop(#"{"name":"\#(name)","customer":"a","payload":{}}"#, as: "\(name).json")
        let run = try await bench.unlocked("run")
        #expect(run.status == 0, "\(run.errors)")
    }

    private static func carry(
        _ files: [String], from old: Workbench, to new: Workbench
    ) throws {
        for file in files {
            try FileManager.default.copyItem(
                atPath: "\(old.path)/\(file)", toPath: "\(new.path)/\(file)")
        }
    }

    private static func names(_ bench: Workbench) async throws -> [String] {
        try await bench.coldmint("list", "--json").json().elements
            .compactMap { $0["name"].string }
    }

    @Test func `a station moves to a new machine with all that it has`() async throws {
        let old = try await Workbench.withEncryptedStation()
        try await Self.issue("A", in: old)
        try old.drop(#"{"name":"B","customer":"a","payload":{}}"#, as: "b.json")
        let token = try await old.coldmint("token", "A").output
        _ = try await Self.run("leave.sh", in: old)
        #expect(try await old.coldmint("run").status == 78)

        let new = try Workbench()
        try Self.carry(
            ["station-backup.tar", "passphrase", "inbox", "outbox"], from: old, to: new)
        let arrived = try await Self.run("arrive.sh", in: new)
        #expect(arrived.output.contains("2 bundles checked, 0 no longer in the outbox"))
        #expect(try await new.coldmint("token", "A").output == token)
        #expect(try new.receipts(of: "b.json").count == 1)
        try await Self.issue("C", in: new)
        #expect(try await Self.names(new) == ["A", "B", "C"])
        #expect(try await new.shell("\(Workbench.binary) verify outbox/a/*.tar").status == 0)
    }

    @Test func `a lost machine's station goes on from its newest backup`() async throws {
        let old = try await Workbench.withEncryptedStation()
        try await Self.issue("A", in: old)
        #expect(try await old.coldmint("backup", "station-backup.tar").status == 0)
        try await Self.issue("later", in: old)

        let new = try Workbench()
        try Self.carry(["station-backup.tar", "passphrase"], from: old, to: new)
        let recovered = try await Self.run("recover.sh", in: new)
        #expect(recovered.output.contains("1 license, last run 1, active key"))
        #expect(recovered.output.contains("all is well"))
        #expect(try await Self.names(new) == ["A"])
        // The request of what was issued after the backup is not taken for a repeat.
        try await Self.issue("later", in: new)
        #expect(new.names(in: "outbox/a") == ["a-000002.tar"])

        let changed = try await Self.run("change-key.sh", in: new)
        #expect(changed.output.contains("is the active key"))
        try await Self.issue("after", in: new)
        #expect(try await new.coldmint("audit").status == 0)
    }

    @Test func `a run stops where a lost machine has left something, until the log is forked`()
        async throws
    {
        let bench = try await Workbench.withEncryptedStation()
        try await Self.issue("A", in: bench)
        #expect(try await bench.coldmint("backup", "station-backup.tar").status == 0)
        try await Self.issue("later", in: bench)
        _ = try await bench.shell("rm -r station")
        #expect(try await bench.coldmint("restore", "station-backup.tar").status == 0)
        let audit = try await bench.coldmint("audit")
        #expect(audit.status == 65)
        #expect(audit.output.contains("outbox/a/a-000002.tar: coldmint has put nothing of this"))
        try bench.drop(#"{"name":"new","customer":"a","payload":{}}"#, as: "new.json")
        let stopped = try await bench.unlocked("run")
        #expect(stopped.status == 78, "\(stopped.errors)")
        #expect(stopped.errors.contains("'coldmint log fork' is the way on"), "\(stopped.errors)")
        let forked = try await bench.unlocked("log", "fork", "--yes", "--reason", "lost")
        #expect(forked.status == 0, "\(forked.errors)")
        _ = try await bench.shell("mv outbox/a/a-000002.tar .")
        #expect(try await bench.unlocked("run").status == 0)
        #expect(bench.names(in: "outbox/a").last == "a-001001.tar")
        #expect(try await bench.coldmint("audit").status == 0)
    }
}
