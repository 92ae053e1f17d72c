import Foundation
import Support
import Testing

/// What the operator sees and types.
@Suite struct CommandLineScenarios {
    private static func request(_ name: String) -> String {
        #"{"name":"\#(name)","customer":"a","payload":{}}"#
    }

    // MARK: - Questions

    @Test func `a question answered with no does nothing and exits with 1, as documented`()
        async throws
    {
        let bench = try await Workbench.withStation()
        let no = try await bench.coldmintOnTerminal("keys", "generate", answering: "n")
        #expect(no.status == 1, "\(no.output)")
        #expect(try await bench.keys("standby").isEmpty)
        #expect(
            try await bench.coldmintOnTerminal("keys", "generate", answering: "y").status == 0)
        #expect(try await bench.keys("standby").count == 1)
        let readme = try String(
            contentsOfFile: "\(Workbench.repository)/README.md", encoding: .utf8)
        #expect(readme.contains("\n| 1 | "))
    }

    @Test func `retire refuses before it asks`() async throws {
        let bench = try await Workbench.withStation()
        let active = try #require(try await bench.keys("active").first)
        let answer = try await bench.coldmintOnTerminal(
            "keys", "retire", "--", active, answering: "y")
        #expect(answer.status == 64)
        #expect(answer.output.contains("is the active one"))
        #expect(!answer.output.contains("Destroy"), "\(answer.output)")
    }

    // MARK: - Check

    @Test func `check holds requests against the station of COLDMINT_STATION`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(Self.request("A"), as: "a.json")
        #expect(try await bench.coldmint("run").status == 0)
        try bench.write(Self.request("A") + "\n", to: "taken.json")
        let check = try await bench.run(
            Workbench.binary, ["check", "taken.json"], environment: ["COLDMINT_STATION": "station"])
        #expect(check.status == 65)
        #expect(check.output.contains("name-taken"), "\(check.output)")
        let alone = try await bench.run(
            Workbench.binary, ["check", "taken.json"], environment: ["COLDMINT_STATION": ""])
        #expect(alone.status == 0, "\(alone.output)")
    }

    @Test(arguments: ["check /dev/zero", "check - </dev/zero", "check - < <(yes)"])
    func `check reads no further than a drop may be large`(command: String) async throws {
        let bench = try Workbench()
        let check = try await bench.shell(
            "ulimit -f 200000; timeout 60 \(Workbench.binary) \(command)")
        #expect(check.status == 65, "\(check.errors)")
        #expect(check.output.contains("too-large"))
    }

    // MARK: - Standard streams

    @Test func `a log that nobody reads does not keep a run from its receipts`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop("{", as: "a.json")
        try bench.drop(Self.request("B"), as: "b.json")
        try bench.drop("{", as: "c.json")
        let run = try await bench.run(
            "/usr/bin/python3",
            [
                "-c",
                """
                import os, subprocess, sys
                reader, writer = os.pipe()
                os.close(reader)
                sys.exit(subprocess.run([sys.argv[1], "run"], stdout=writer, stderr=writer).returncode)
                """, Workbench.binary,
            ])
        #expect(run.status == 65)
        for drop in ["a.json", "b.json", "c.json"] { _ = try bench.receipt(of: drop) }
        #expect(
            try await bench.coldmint("status", "--json").json()["unfinishedRuns"].elements.isEmpty)
    }

    @Test(arguments: [("2>&-", 65), (">&- 2>&-", 74), ("<&- >&- 2>&-", 74)])
    func `what is meant for a closed stream goes into no other file`(
        closing: String, status: Int32
    ) async throws {
        let bench = try await Workbench.withStation()
        try bench.drop("{", as: "a.json")
        let run = try await bench.shell("\(Workbench.binary) run \(closing)")
        #expect(run.status == status)
        #expect(try bench.receipt(of: "a.json")["outcome"].string == "rejected")
        #expect(try await bench.shell("grep -r 'coldmint: ' station inbox outbox").output == "")
        #expect(try await bench.coldmint("audit").status == 0)
    }

    @Test func `a list that is cut off by its reader ends in silence`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(
            "[\((0..<5000).map { Self.request("L\($0)") }.joined(separator: ","))]", as: "a.json")
        #expect(try await bench.coldmint("run").status == 0)
        let list = try await bench.shell("\(Workbench.binary) list | head -n 1")
        #expect(list.errors == "")
    }
}
