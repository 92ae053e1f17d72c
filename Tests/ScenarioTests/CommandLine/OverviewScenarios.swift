import Foundation
import Support
import Testing

@Suite(.tags(.manyRuns), .long) struct OverviewScenarios {
    private static func benchWithLicenses() async throws -> Workbench {
        let bench = try await Workbench.withStation()
        let soon = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: 10 * 86_400))
        try bench.drop(
            """
            [{"name":"Soon","customer":"a","expiresAt":"\(soon)","payload":{}},
             {"name":"Later","customer":"a","notBefore":"2090-01-01","expiresAt":"2091-01-01","payload":{}},
             {"name":"Now","customer":"b","payload":{}}]
            """, as: "a.json")
        _ = try await bench.coldmint("run")
        return bench
    }

    @Test func `status shows keys, counts, what waits and what expires within 30 days`()
        async throws
    {
        let bench = try await Self.benchWithLicenses()
        try bench.drop("{}", as: "b.json")
        let status = try await bench.coldmint("status", "--json").json()
        #expect(status["keys"].elements.count == 1)
        #expect(status["keys"][0]["state"].string == "active")
        #expect(status["licenses"]["valid"].integer == 2)
        #expect(status["licenses"]["notYetValid"].integer == 1)
        #expect(status["inbox"]["waiting"].integer == 1)
        #expect(
            status["expiringWithin30Days"].elements.compactMap { $0["name"].string } == ["Soon"])
        let text = try await bench.coldmint("status")
        #expect(text.output.contains("licenses  2 valid, 1 not yet valid, 0 expired, 0 deleted\n"))
        #expect(text.output.contains("1 drop waiting"))
    }

    @Test func `status without an inbox says what to do`() async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.shell("mv inbox away")
        let status = try await bench.coldmint("status")
        #expect(status.status == 75)
        #expect(status.errors.contains("inbox: the inbox is not there: make or mount it"))
    }

    @Test func `audit finds all well, also when bundles were carried away`() async throws {
        let bench = try await Self.benchWithLicenses()
        _ = try await bench.shell("rm outbox/b/*.tar")
        let audit = try await bench.coldmint("audit", "--json")
        #expect(audit.status == 0)
        #expect(try audit.json()["licenses"].integer == 3)
        #expect(try audit.json()["bundles"].integer == 2)
        #expect(try audit.json()["bundlesMoved"].integer == 1)
    }

    @Test(arguments: [
        ("ln -s /etc/passwd outbox/a/a-000001.tar", "this is no plain file"),
        ("mkdir outbox/a/a-000001.tar", "this is no plain file"),
        ("mkfifo outbox/a/a-000001.tar", "this is no plain file"),
        ("touch outbox/a/a-000002.tar", "outbox/a/a-000002.tar: coldmint has put nothing"),
        ("touch outbox/notes.txt", "outbox/notes.txt: coldmint has put nothing"),
        ("mkdir outbox/c", "outbox/c: coldmint has put nothing"),
        ("rm -r outbox/a; touch outbox/a", "outbox/a: coldmint has put nothing"),
        ("ln -s b outbox/c", "outbox/c: coldmint has put nothing"),
        ("ln -s nowhere outbox/c", "outbox/c: coldmint has put nothing"),
    ])
    func `audit reports what coldmint has not put into the outbox, and goes on`(
        change: String, finding: String
    ) async throws {
        let bench = try await Self.benchWithLicenses()
        let changed = try await bench.shell("rm outbox/a/a-000001.tar && \(change)")
        #expect(changed.status == 0, "\(changed.errors)")
        let audit = try await bench.coldmint("audit")
        #expect(audit.status == 65)
        #expect(audit.output.contains(finding), "\(audit.output)")
        #expect(audit.output.contains("3 licenses, 6 entries of the log and 2 bundles checked"))
        #expect(audit.output.hasSuffix("1 finding\n"), "\(audit.output)")
    }

    @Test func `an audit leaves alone what is on its way into the outbox`() async throws {
        let bench = try await Self.benchWithLicenses()
        let cutOff = try await bench.shell(
            """
            mkdir outbox/lost+found && echo '{"name":"D","customer":"d","payload":{}}' >inbox/d.json
            strace -f -o /dev/null -e trace=renameat2 -e inject=renameat2:signal=KILL:when=2 \
                \(Workbench.binary) run; ls -A outbox/d
            """)
        #expect(cutOff.output == ".d-000002.tar.part\n")
        let audit = try await bench.coldmint("audit")
        #expect(audit.status == 0, "\(audit.output)")
    }

    @Test func `an audit accepts an inbox in the outbox, and one folder for both`() async throws {
        for inbox in ["../outbox", "../outbox/inbox"] {
            let bench = try await Self.benchWithLicenses()
            _ = try await bench.shell(
                "mkdir outbox/inbox; echo 'inbox: \(inbox)' >>station/station.yaml")
            _ = try await bench.shell(
                "echo '{\"name\":\"D\",\"customer\":\"d\",\"payload\":{}}' >outbox/d.json")
            _ = try await bench.shell("[ \(inbox) = ../outbox ] || mv outbox/d.json outbox/inbox")
            #expect(try await bench.coldmint("run").status == 0)
            let audit = try await bench.coldmint("audit")
            #expect(audit.status == 0, "\(audit.output)")
        }
    }

    @Test(arguments: [
        (
            "UPDATE license SET token = (SELECT token FROM license WHERE name = 'Now')",
            "something else"
        ),
        ("UPDATE license SET token = substr(token, 1, length(token) - 5) || 'AAAAA'", "signature"),
        ("UPDATE license SET expires_at = expires_at + 1", "something else"),
        ("UPDATE run SET issuer = 'https://elsewhere.example'", "issued by"),
        ("UPDATE key SET public_key = zeroblob(32)", "thumbprint"),
        ("DELETE FROM bundle WHERE customer = 'a'", "run 1"),
        ("UPDATE bundle SET sha256 = zeroblob(32)", "not the bundle that was published"),
        (
            "UPDATE license SET name = 'Nobody' WHERE name = 'Now'",
            "its tables, indexes or triggers"
        ),
        ("DELETE FROM license WHERE number = 2", "license number 2 is missing"),
        (
            """
            INSERT INTO run SELECT 5, started_at, issuer, kid, finished_at FROM run
            """, "run numbers 2 to 4 are missing"
        ),
        ("UPDATE license SET deleted_at = 1 WHERE name = 'Now'", "its history does not lead"),
    ])
    func `audit finds what was changed behind coldmint's back`(
        change: String, finding: String
    ) async throws {
        let bench = try await Self.benchWithLicenses()
        let script = """
            import sqlite3, sys
            c = sqlite3.connect('station/ledger.sqlite')
            for name, in c.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                c.execute(f'DROP TRIGGER {name}')
            c.execute(sys.argv[1]); c.commit()
            """
        let changed = try await bench.run("/usr/bin/python3", ["-c", script, change])
        #expect(changed.status == 0, "\(changed.errors)")
        let audit = try await bench.coldmint("audit")
        #expect(audit.status == 65)
        #expect(audit.output.contains(finding), "\(audit.output)")
    }

    @Test func `a quiet run says nothing unless something is wrong`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "a.json")
        let good = try await bench.coldmint("run", "--quiet")
        #expect(good.status == 0)
        #expect(good.output + good.errors == "")
        try bench.drop("{", as: "b.json")
        let bad = try await bench.coldmint("run", "--quiet")
        #expect(bad.status == 65)
        #expect(bad.errors.split(separator: "\n").count == 1)
        #expect(bad.errors.contains("file: b.json"))
    }

    @Test func `the log as JSON is one object a line`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop("{", as: "b.json")
        try bench.write("x", to: "inbox/notes.txt")
        let run = try await bench.coldmint("run", "--log-format", "json")
        let entries = try run.errors.split(separator: "\n").map { try JSONTree(String($0)) }
        #expect(entries.compactMap { $0["level"].string } == ["warning", "warning"])
        #expect(entries.compactMap { $0["file"].string } == ["notes.txt", "b.json"])
        #expect(entries.allSatisfy { $0["time"].string != nil && $0["message"].string != nil })
    }
}
