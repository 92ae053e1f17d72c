import Support
import Testing

/// What a hostile tester found, and must not find again.
@Suite(.tags(.manyRuns), .long) struct HostileScenarios {
    /// SQL by a hand that means to get past the triggers, where the ledger lets it.
    private static func edit(_ sql: String, _ bench: Workbench) async throws -> Int32 {
        try await bench.run(
            "/usr/bin/python3",
            [
                "-c",
                """
                import sqlite3, sys
                ledger = sqlite3.connect("station/ledger.sqlite", isolation_level=None)
                guards = ledger.execute(
                    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
                if sys.argv[2] == "unguarded":
                    for name, _ in guards: ledger.execute(f"DROP TRIGGER {name}")
                ledger.execute(sys.argv[1])
                if sys.argv[2] == "unguarded":
                    for _, sql in guards: ledger.execute(sql)
                """,
            ]
                + (sql.hasPrefix("guarded: ")
                    ? [String(sql.dropFirst(9)), "guarded"] : [sql, "unguarded"])
        ).status
    }

    private static func benchWithHistory() async throws -> Workbench {
        let bench = try await Workbench.withStation()
        try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "1.json")
        _ = try await bench.coldmint("run")
        let id = try bench.receipt(of: "1.json")["results"][0]["license"].string ?? ""
        try bench.drop(#"{"action":"update","license":"\#(id)","name":"B"}"#, as: "2.json")
        try bench.drop(#"{"#, as: "3.json")
        _ = try await bench.coldmint("run")
        return bench
    }

    @Test(arguments: ["license", "event", "drop_file", "run", "bundle", "key", "key_event"])
    func `no record of the ledger can be replaced`(table: String) async throws {
        let bench = try await Self.benchWithHistory()
        let status = try await Self.edit(
            "guarded: INSERT OR REPLACE INTO \(table) SELECT * FROM \(table)", bench)
        #expect(status == 1)
        #expect(try await bench.coldmint("audit").status == 0)
    }

    @Test(arguments: [
        ("UPDATE key SET state = 'standby'", "there is no active key"),
        ("UPDATE key SET state = 'retired'", "its state is not what was last done"),
        ("UPDATE drop_file SET receipt = '{}'", "a receipt that is not theirs"),
        ("UPDATE drop_file SET sha256 = zeroblob(32) WHERE id = 1", "a receipt that is not theirs"),
        ("UPDATE drop_file SET outcome = 'rejected' WHERE id = 2", "receipt that is not theirs"),
        ("UPDATE sqlite_sequence SET seq = 99 WHERE name = 'run'", "number of the next run"),
        ("UPDATE event SET new = 'zz'", "history does not lead"),
    ])
    func `an audit notices what was changed by hand`(sql: String, finding: String) async throws {
        let bench = try await Self.benchWithHistory()
        try #require(try await Self.edit(sql, bench) == 0)
        let audit = try await bench.coldmint("audit")
        #expect(audit.status == 65)
        #expect(audit.output.contains(finding), "\(audit.output)")
    }

    @Test func `a history that holds no text is called damaged`() async throws {
        let bench = try await Self.benchWithHistory()
        let sql = "UPDATE event SET old = x'ff', new = x'fe' WHERE kind = 'renamed'"
        try #require(try await Self.edit(sql, bench) == 0)
        let shown = try await bench.coldmint("show", "B")
        #expect(shown.status == 74)
        #expect(shown.errors.contains("no text"), "\(shown.errors)")
    }

    @Test(.needsStrace) func `a crash says nothing of what is in memory`() async throws {
        let bench = try await Workbench.withEncryptedStation()
        try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "a.json")
        let passphrase = try bench.read("passphrase")
        for signal in ["SEGV", "ILL", "BUS", "ABRT", "QUIT"] {
            let crashed = try await bench.run(
                "strace",
                [
                    "-f", "-o", "/dev/null", "-P", "\(bench.path)/passphrase", "-e", "trace=read",
                    "-e", "inject=read:signal=\(signal):when=1", Workbench.binary, "run",
                    "--passphrase-file", "passphrase",
                ])
            #expect(crashed.status > 128, "\(signal): \(crashed.status)")
            #expect(!crashed.errors.contains(passphrase.prefix(8)), "\(signal)")
            #expect(!crashed.errors.contains("Registers"), "\(signal)")
        }
    }

    @Test func `a clock past what a tar can hold issues nothing`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "a.json")
        let late = try await bench.coldmint(at: "2243-01-01 00:00:00", "run")
        #expect(late.status == 75)
        #expect(late.errors.contains("not between 1970 and 2242"))
        #expect(bench.names(in: "inbox").contains("a.json"))
        #expect(try await bench.coldmint("run").status == 0)
    }

    @Test func `JSON holds nothing that a terminal would obey`() async throws {
        let bench = try await Workbench.withStation()
        let text = "\u{9b}31m\u{202e}\u{2028}é"
        try bench.drop(
            #"{"name":"P","customer":"a","description":"é","payload":{"\#(text)":"\#(text)"}}"#,
            as: "a.json")
        _ = try await bench.coldmint("run")
        for arguments in [
            ["list", "--json"], ["show", "P", "--json"], ["renewals", "--within", "400"],
        ] {
            let answer = try await bench.run(Workbench.binary, arguments)
            #expect(
                !answer.output.unicodeScalars.contains {
                    "\u{9b}\u{202e}\u{2028}".unicodeScalars.contains($0)
                })
            #expect(answer.output.contains("é"))
            let tree = try answer.json()
            let license = arguments[0] == "show" ? tree : tree[0]
            #expect(license["description"].string == "é")
        }
    }

    @Test(.needsRoot("the file belongs to another user"))
    func `a private key is not written into a file of somebody else's`() async throws {
        let bench = try await Workbench.withStation()
        let answer = try await bench.shell(
            """
            umask 077; touch other.pem; chown 1000 other.pem
            \(Workbench.binary) keys export --private --yes >other.pem
            """)
        #expect(answer.status == 77)
        #expect(try bench.read("other.pem") == "")
    }

    /// What else the process does at the prompt, threads of its own included, depends on its
    /// options and on where its standard error goes.
    @Test(arguments: ["run", "run --quiet", "run 2>/dev/null", "NO_COLOR=1 run", "watch"])
    func `a signal at the prompt ends the process and leaves the terminal as it was`(
        words: String
    ) async throws {
        let bench = try await Workbench.withEncryptedStation()
        try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "a.json")
        let command = words.replacing(
            /(run|watch)/, with: { "exec \(Workbench.binary) \($0.output.0)" })
        let answer = try await bench.run(
            "/usr/bin/python3",
            [
                "-c",
                """
                import os, pty, signal, sys, termios, time
                for number in [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT,
                               signal.SIGUSR1]:
                    pid, terminal = pty.fork()
                    if pid == 0:
                        os.execv("/bin/sh", ["sh", "-c", sys.argv[1]])
                    shown = b""
                    while b"passphrase for" not in shown: shown += os.read(terminal, 1000)
                    while termios.tcgetattr(terminal)[3] & termios.ECHO: time.sleep(0.01)
                    os.kill(pid, number)
                    ended = os.WTERMSIG(os.waitpid(pid, 0)[1]) == number
                    print(ended, bool(termios.tcgetattr(terminal)[3] & termios.ECHO))
                    os.close(terminal)
                """, command,
            ])
        #expect(
            answer.output == String(repeating: "True True\n", count: 5), "\(answer.errors)")
    }
}
