import Support
import Testing

extension ChangedHistoryScenarios {
    /// Somebody makes another history who can write to the ledger and sign as well: it agrees with
    /// itself, and not with what has left the station.
    @Suite struct RewritingScenarios {
        private static let forgeries = [
            Manipulation("a license is erased", "l.erase('B')"),
            Manipulation(
                "a token is replaced",
                "l.replace_token('B', seats=1000)\nos.remove('outbox/acme/acme-000001.tar')"),
            Manipulation(
                "a license is added",
                "l.add_ghost(l.one('SELECT max(drop_file) FROM license'), 'eta')"),
            Manipulation(
                "a deletion is undone",
                """
                l.sql("DELETE FROM event WHERE kind = 'deleted'")
                l.sql("UPDATE license SET deleted_at = NULL WHERE name = 'C'")
                """),
        ]

        @Test(arguments: forgeries)
        func `a history made anew with the key is found by what was kept elsewhere`(
            forgery: Manipulation
        ) async throws {
            let bench = try await LogStation.copy()
            try await LogStation.change(bench, "\(forgery.code)\nl.forge()")
            let outbox = try await bench.coldmint("audit")
            #expect(outbox.status == 65)
            #expect(
                outbox.output.contains(
                    "outbox/eta/eta-000007.tar: its checkpoint has other entries among the first 23"
                ),
                "\(outbox.output)")
            _ = try await bench.shell("rm -r outbox/*/")
            // Nothing on the station says that it was otherwise.
            let inside = try await bench.coldmint("audit")
            #expect(inside.status == 0, "\(inside.output)")
            let since = try await bench.coldmint("audit", "--since", "kept/last")
            #expect(since.status == 65)
            #expect(
                since.output.contains(
                    "kept/last: the checkpoint has other entries among the first 23 than this ledger's "
                        + "log: what is recorded here is not what was when it left the station"),
                "\(since.output)")
            // A customer who has nothing to do with it is a witness too.
            let bundle = try await bench.coldmint("audit", "--since", "kept/eta.tar", "--json")
            #expect(bundle.status == 65)
            let findings = try bundle.json()["findings"].strings
            #expect(findings.count == 1)
            #expect(findings[0].hasPrefix("kept/eta.tar: the checkpoint has other entries"))
        }

        @Test func `what was kept vouches for the log up to its own last entry`() async throws {
            let bench = try await LogStation.copy()
            let audit = try await bench.coldmint(
                "audit", "--since", "kept/first", "--since", "kept/acme.tar", "--since", "kept/last"
            )
            #expect(audit.status == 0, "\(audit.output)\(audit.errors)")
            #expect(audit.output.contains("kept/first: nothing before entry 11 was touched\n"))
            #expect(audit.output.contains("kept/acme.tar: nothing before entry 6 was touched\n"))
            #expect(audit.output.contains("kept/last: nothing before entry 23 was touched\n"))
            let piped = try await bench.coldmint(
                "audit", "--since", "-", "--json", input: try bench.read("kept/first"))
            let json = try piped.json()
            #expect(json["since"].canonical == #"[{"entries":11,"file":"-"}]"#)
            #expect(try await bench.coldmint("audit", "--json").json()["since"].isAbsent)
        }

        @Test func `nobody reads that nothing was touched where something was`() async throws {
            let bench = try await LogStation.copy()
            try await LogStation.change(bench, "l.erase('B')")
            let audit = try await bench.coldmint("audit", "--since", "kept/first")
            #expect(audit.status == 65)
            #expect(
                audit.output.contains("kept/first: the log still begins with its first 11 entries"))
            #expect(!audit.output.contains("nothing before entry"))
        }

        @Test func `a kept file that is none is refused before the long work`() async throws {
            let bench = try await LogStation.copy()
            let missing = try await bench.coldmint("audit", "--since", "kept/none")
            #expect(missing.status == 66)
            #expect(missing.errors.contains("kept/none"))
            for file in ["alice.pub", "backup.tar", "kept/first.sqlite"] {
                let audit = try await bench.coldmint("audit", "--since", file)
                #expect(audit.status == 65)
                #expect(audit.output.isEmpty)
                #expect(audit.errors.contains("\(file): n"), "\(audit.errors)")
            }
        }

        @Test func `a checkpoint of another station is a finding that says so`() async throws {
            let bench = try await LogStation.copy()
            let other = try await Workbench.withStation()
            try other.drop(#"{"name":"A","customer":"acme","payload":{}}"#, as: "a.json")
            try #require(try await other.coldmint("run").status == 0)
            let audit = try await bench.coldmint(
                "audit", "--since", "\(other.path)/outbox/acme/acme-000001.tar")
            #expect(audit.status == 65)
            #expect(
                audit.output.contains("the checkpoint is of another log, licenses.example.com/"))
        }

        @Test func `a bundle whose record was replaced is found by the customer's copy`()
            async throws
        {
            let bench = try await LogStation.copy()
            try await LogStation.change(
                bench,
                """
                l.sql("UPDATE bundle SET sha256 = zeroblob(32) WHERE customer = 'eta'")
                os.remove("outbox/eta/eta-000007.tar")
                """)
            #expect(try await bench.coldmint("audit").status == 0)
            let audit = try await bench.coldmint("audit", "--since", "kept/eta.tar")
            #expect(audit.status == 65)
            #expect(
                audit.output.contains(
                    "kept/eta.tar: the record says that another one of this name was published"))
        }

        // MARK: - An older ledger

        private static func benchWithOlderLedger() async throws -> Workbench {
            let bench = try await LogStation.copy()
            let back = try await bench.shell("cp kept/first.sqlite station/ledger.sqlite")
            try #require(back.status == 0)
            let text = #"{"name":"I","customer":"iota","payload":{}}"#
            try await bench.drop(text, as: "i.json", signedBy: ["alice", "bob"])
            return bench
        }

        private static func run(_ bench: Workbench) async throws -> Workbench.Answer {
            try await bench.coldmint(at: "2032-01-01 09:00:00", "run")
        }

        @Test func `last month's ledger issues nothing`() async throws {
            let bench = try await Self.benchWithOlderLedger()
            let run = try await Self.run(bench)
            #expect(run.status == 78)
            #expect(
                run.errors.contains("the checkpoint has 23 entries, and this ledger's log only 11"),
                "\(run.errors)")
            #expect(run.errors.contains("is older than what was issued"))
            #expect(bench.names(in: "inbox").contains("i.json"))
            #expect(try await bench.coldmint("audit").status == 65)
        }

        @Test func `bundles tell of last month's ledger where the checkpoint is gone`() async throws
        {
            let bench = try await Self.benchWithOlderLedger()
            _ = try await bench.shell("rm outbox/checkpoint")
            let run = try await Self.run(bench)
            #expect(run.status == 78)
            #expect(run.errors.contains("this bundle is of a run that the ledger does not know"))
            let audit = try await bench.coldmint("audit")
            #expect(audit.status == 65)
            #expect(
                audit.output.contains("outbox/eta: coldmint has put nothing of this name there"))
        }

        @Test func `only what was kept tells of last month's ledger where the outbox is empty`()
            async throws
        {
            let bench = try await Self.benchWithOlderLedger()
            _ = try await bench.shell("rm -r outbox/checkpoint outbox/*/")
            #expect(try await Self.run(bench).status == 0)
            #expect(try await bench.coldmint("audit").status == 0)
            for file in ["kept/last", "kept/eta.tar"] {
                let audit = try await bench.coldmint("audit", "--since", file)
                #expect(audit.status == 65)
                #expect(audit.output.contains("\(file): the checkpoint has 23 entries, and this"))
            }
            #expect(try await bench.coldmint("audit", "--since", "kept/first").status == 0)
        }

        // MARK: - No log

        private static let emptying = """
            for table in ["log_cosignature", "log_head", "log_origin", "log_tile", "bundle_entry",
                          "log_entry"]:
                l.sql(f"DELETE FROM {table}")
            """

        @Test func `a log that was taken out whole is missed by audit and run`() async throws {
            let bench = try await LogStation.copy()
            try await LogStation.change(bench, "l.erase('B')\n" + Self.emptying)
            let audit = try await bench.coldmint("audit")
            #expect(audit.status == 65)
            #expect(audit.errors.contains("the ledger has no log"), "\(audit.errors)")
            #expect(audit.output.contains("outbox/checkpoint: the checkpoint "), "\(audit.output)")
            let run = try await Self.run(bench)
            #expect(run.status == 78)
            #expect(run.errors.contains("is older than what was issued"), "\(run.errors)")
        }

        @Test func `a log that was begun anew lacks what has no other record`() async throws {
            let bench = try await LogStation.copy()
            try await LogStation.change(bench, Self.emptying)
            _ = try await bench.shell("rm outbox/checkpoint")
            #expect(try await Self.run(bench).status == 0)
            let audit = try await bench.coldmint("audit")
            #expect(audit.status == 65)
            #expect(
                audit.output.contains(
                    "station: the record says that a private key was exported at 2031-12-03T11:00:00Z"
                ))
        }

        @Test func `a log that was begun anew says so, and only what was kept tells why`()
            async throws
        {
            let bench = try await LogStation.copy()
            try await LogStation.change(
                bench, "l.erase('B')\nl.sql('DELETE FROM station_event')\n" + Self.emptying)
            _ = try await bench.shell("rm outbox/checkpoint")
            #expect(try await Self.run(bench).status == 0)
            let outbox = try await bench.coldmint("audit")
            #expect(outbox.status == 65)
            #expect(
                outbox.output.contains("eta-000007.tar: its checkpoint has 23 entries, and this"))
            _ = try await bench.shell("rm -r outbox/*/")
            let audit = try await bench.coldmint("audit")
            #expect(audit.status == 0, "\(audit.output)")
            #expect(
                audit.output.contains(
                    "the log was begun at 2032-01-01T09:00:00Z: what was recorded before is in it as it "
                        + "was found then"))
            let since = try await bench.coldmint("audit", "--since", "kept/eta.tar")
            #expect(since.status == 65)
            #expect(since.output.contains("kept/eta.tar: the checkpoint has 23 entries, and this"))
        }
    }
}
