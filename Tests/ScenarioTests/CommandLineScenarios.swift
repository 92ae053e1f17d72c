import Foundation
import Support
import Testing

/// What the operator sees and types.
@Suite struct CommandLineScenarios {
    private static func request(_ name: String) -> String {
        #"{"name":"\#(name)","customer":"a","payload":{}}"#
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
