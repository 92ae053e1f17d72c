import Foundation
import Support
import Testing

/// What the operator sees and types.
@Suite(.tags(.manyRuns), .long) struct CommandLineScenarios {
    private static func request(_ name: String) -> String {
        #"{"name":"\#(name)","customer":"a","payload":{}}"#
    }

    // MARK: - Nothing happens in silence

    @Test(arguments: [["run"], ["run", "--quiet"], ["run", "--json"]])
    func `a repeat is a warning in every mode, and says how to have it done again`(
        arguments: [String]
    ) async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(Self.request("A"), as: "a.json")
        #expect(try await bench.coldmint("run").status == 0)
        try bench.drop(Self.request("A"), as: "again.json")
        let run = try await bench.run(Workbench.binary, arguments)
        #expect(run.status == 0)
        #expect(run.errors.contains("file: again.json"), "\(run.errors)")
        #expect(run.errors.contains("new requestId"), "\(run.errors)")
        let log = try await bench.shell(
            "cp inbox/accepted/*-a.json inbox/third.json; \(Workbench.binary) run -q --log-format json 2>&1"
        )
        #expect(try JSONTree(log.output)["level"].string == "warning", "\(log.output)")
    }

    @Test func `a file that no run takes up is named by a quiet run and by status`() async throws {
        let bench = try await Workbench.withStation()
        try bench.write(Self.request("A"), to: "inbox/request.txt")
        try bench.write("", to: "inbox/half.part")
        let run = try await bench.coldmint("run", "--quiet")
        #expect(run.status == 0)
        #expect(run.errors.contains("file: request.txt"), "\(run.errors)")
        #expect(!run.errors.contains("half.part"))
        let status = try await bench.coldmint("status")
        #expect(status.output.contains("ignored   request.txt: "), "\(status.output)")
        let json = try await bench.coldmint("status", "--json").json()
        #expect(
            json["inbox"]["ignored"].elements.compactMap { $0.string } == ["request.txt"])
    }

    @Test func `the log of a watch names time, files and bundles`() async throws {
        let bench = try await Workbench.withStation()
        let answer = try await bench.whileRunning(["watch"]) { process in
            try bench.drop(Self.request("A"), as: "a.json")
            try await bench.wait(for: "the receipt") {
                bench.names(in: "inbox/accepted").count == 2
            }
            try process.terminate()
        }
        let lines = answer.errors.split(separator: "\n")
        #expect(lines.allSatisfy { $0.contains(#/^coldmint: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ /#) })
        #expect(lines.contains { $0.contains("file: a.json") }, "\(answer.errors)")
        #expect(lines.contains { $0.contains("bundle: a/a-000001.tar") }, "\(answer.errors)")
    }

    @Test func `numbers in the log as JSON are numbers`() async throws {
        let bench = try await Workbench.withStation()
        let answer = try await bench.whileRunning(["watch", "--log-format", "json"]) { process in
            try bench.drop(Self.request("A"), as: "17.json")
            try await bench.wait(for: "the receipt") {
                bench.names(in: "inbox/accepted").count == 2
            }
            try process.terminate()
        }
        let entries = try answer.errors.split(separator: "\n").map { try JSONTree(String($0)) }
        let finished = try #require(entries.first { $0["accepted"].integer != nil })
        #expect(finished["run"].integer == 1)
        #expect(finished["licenses"].integer == 1)
    }

    @Test func `init names the station, its key, and the next step`() async throws {
        let bench = try Workbench()
        let made = try await bench.coldmint(
            "init", "--issuer", "https://l.example", "--no-passphrase")
        let kid = try #require(try await bench.keys("active").first)
        #expect(made.output.contains("made a station in station; its key is \(kid)\n"))
        #expect(made.output.contains("inbox"), "\(made.output)")
        #expect(made.output.contains("coldmint run"), "\(made.output)")
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
        let page = try String(
            contentsOfFile: "\(Workbench.repository)/docs/commands.md", encoding: .utf8)
        #expect(page.contains("\n| 1 | "))
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

    // MARK: - Documentation

    @Test func `the documented line for cron works with cron's own PATH`() async throws {
        let page = try String(
            contentsOfFile: "\(Workbench.repository)/docs/commands.md", encoding: .utf8)
        let line = try #require(page.firstMatch(of: /\n\d+ \* \* \* \*  \w+  (.+)\n/)).1
        // Installed as the page says, the binary is in a folder that cron's PATH lacks.
        let bench = try await Workbench.withEncryptedStation()
        let command = line.replacing("/usr/local/bin/coldmint", with: Workbench.binary)
            .replacing("/srv/coldmint/", with: "\(bench.path)/")
            .replacing("/etc/coldmint/", with: "\(bench.path)/")
        try bench.drop(Self.request("A"), as: "a.json")
        let run = try await bench.shell(
            "env -i PATH=/usr/bin:/bin HOME=/ sh -c '\(command)'")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try bench.receipt(of: "a.json")["outcome"].string == "accepted")
    }
}
