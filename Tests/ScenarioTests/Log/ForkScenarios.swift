import Support
import Testing

/// `log fork`, the way on after a real loss.
@Suite(.tags(.manyRuns), .long) struct ForkScenarios {
    /// A station that was put back to where it was before its second run.
    private static func benchAfterLoss() async throws -> Workbench {
        let bench = try await Workbench.withStation()
        try await bench.issue("A")
        _ = try await bench.succeed("cp station/ledger.sqlite older.sqlite")
        try await bench.issue("B")
        _ = try await bench.succeed(
            "cp outbox/checkpoint lost; cp older.sqlite station/ledger.sqlite")
        return bench
    }

    private static func origins(_ bench: Workbench) async throws -> [String] {
        let summary = try await bench.coldmint("log", "show", "--json").json()["summary"]
        return summary["forks"].elements.compactMap { $0["origin"].string }
    }

    @Test func `after a loss the log goes on under a new name, with numbers that nobody has seen`()
        async throws
    {
        let bench = try await Self.benchAfterLoss()
        let first = try await bench.coldmint("log", "show", "--json").json()["summary"]["origin"]
        try await bench.expect("coldmint run", 78, saying: "'coldmint log fork'")
        let forked = try await bench.coldmint(
            "log", "fork", "--yes", "--reason", "the disk was lost", "--json")
        #expect(forked.status == 0, "\(forked.errors)")
        #expect(forked.errors.contains("a checkpoint of 7 entries, and the ledger has 5"))
        #expect(forked.errors.contains("acme-000002.tar, and the ledger's last run is 1"))
        let origin = try #require(try forked.json()["origin"].string)
        #expect(origin.hasPrefix("\(first.string ?? "?")/fork-1001-"))
        #expect(try forked.json()["firstRun"].integer == 1001)
        #expect(try bench.read("outbox/checkpoint").hasPrefix("\(origin)\n6\n"))
        #expect(try await bench.coldmint("log", "checkpoint", "--vkey").output.hasPrefix(origin))

        try await bench.issue("C")
        #expect(bench.names(in: "outbox/acme").last == "acme-001001.tar")
        let shown = try await bench.coldmint("log", "show").output
        #expect(shown.contains("fork at entry 5, 20"))
        #expect(shown.contains("runs from 1001 on: the disk was lost"))
        try await bench.expect(
            "coldmint log consistency lost", 65, saying: "of the history that was lost")
        try await bench.expect(
            "coldmint log fork --yes --reason again", 64, saying: "nothing was lost")
    }

    @Test func `a bundle alone shows a loss`() async throws {
        let bench = try await Self.benchAfterLoss()
        _ = try await bench.succeed("rm outbox/checkpoint")
        let forked = try await bench.coldmint("log", "fork", "--yes", "--reason", "lost")
        #expect(forked.status == 0, "\(forked.errors)")
        #expect(forked.output.hasSuffix("the next run has the number 1001\n"))
        try await bench.issue("C")
    }

    @Test func `a loss after a fork is a loss too`() async throws {
        let bench = try await Self.benchAfterLoss()
        _ = try await bench.succeed("coldmint log fork --yes --reason once")
        try await bench.issue("C")
        // Back to before the fork, whose name the ledger does not know then.
        _ = try await bench.succeed(
            "cp older.sqlite station/ledger.sqlite; rm -r outbox/acme; "
                + "coldmint log fork --yes --reason twice")
        let origins = try await Self.origins(bench)
        #expect(origins.count == 1)
        #expect(origins.allSatisfy { $0.split(separator: "/").count == 3 })
        _ = try await bench.succeed("coldmint log fork --yes --reason more --after-run 4500")
        let later = try await Self.origins(bench)
        #expect(later.count == 2 && later.allSatisfy { $0.split(separator: "/").count == 3 })
        try await bench.issue("D")
        #expect(bench.names(in: "outbox/acme") == ["acme-005001.tar"])
    }

    @Test(arguments: [(1, 1001), (999, 1001), (1000, 1001), (1001, 2001)])
    func `the first run is one after a thousand that is full`(last: Int, first: Int) async throws {
        let bench = try await Workbench.withStation()
        let forked = try await bench.coldmint(
            "log", "fork", "--yes", "--reason", "lost", "--after-run", "\(last)", "--json")
        #expect(try forked.json()["firstRun"].integer == first)
    }

    @Test func `a fork without need, or without a plain reason, is refused`() async throws {
        let bench = try await Workbench.withStation()
        try await bench.issue("A")
        let before = try bench.read("outbox/checkpoint")
        let long = String(repeating: "x", count: 501)
        let cases: [(String, String)] = [
            ("--reason because", "nothing was lost, as far as the outbox shows"),
            ("--reason ''", "--reason takes 1 to 500 characters"),
            ("--reason \(long) --after-run 3", "and this one has 501"),
            ("--reason $'a\\nb' --after-run 3", "--reason has a control character"),
            ("--reason x --after-run 0", "--after-run takes a run's number"),
            ("--reason x --after-run 9223372036854775807", "there is no number left"),
            ("--after-run 3", "--reason"),
        ]
        for (options, hint) in cases {
            try await bench.expect("coldmint log fork --yes \(options)", 64, saying: hint)
        }
        // What strangers put there is no loss.
        _ = try await bench.succeed("sed -i 's/^5$/9/' outbox/checkpoint")
        try await bench.expect("coldmint log fork --yes --reason x", 64, saying: "nothing was lost")
        try bench.write(before, to: "outbox/checkpoint")
        #expect(try await Self.origins(bench) == [])
        try await bench.issue("B")
    }

    @Test func `a fork asks on a terminal, and needs the passphrase`() async throws {
        let bench = try await Workbench.withEncryptedStation()
        let asked = try await bench.coldmintOnTerminal(
            "log", "fork", "--reason", "lost", "--after-run", "3", "--passphrase-file",
            "passphrase", answering: "n")
        #expect(asked.status == 1)
        #expect(asked.output.contains("Go on with run 1001 under a new name of the log?"))
        try await bench.expect(
            "coldmint log fork --reason lost --after-run 3", 64,
            saying: "asks for confirmation on a terminal, or needs --yes")
        try await bench.expect(
            "coldmint log fork --yes --reason lost --after-run 3", 77,
            saying: "a passphrase is needed")
        #expect(try await Self.origins(bench) == [])
        let forked = try await bench.unlocked(
            "log", "fork", "--reason", "lost", "--after-run", "3", "--yes")
        #expect(forked.status == 0, "\(forked.errors)")
        #expect(try await Self.origins(bench).count == 1)
    }
}
