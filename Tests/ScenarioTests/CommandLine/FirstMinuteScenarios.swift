import Foundation
import Support
import Testing

/// Whoever types something for the first time is told what to type next.
@Suite struct FirstMinuteScenarios {
    @Test func `without a command the help says where to begin`() async throws {
        let bench = try Workbench()
        let answer = try await bench.coldmint()
        #expect(answer.status == 0)
        #expect(answer.output.contains("SUBCOMMANDS:"))
        #expect(answer.output.contains("New here? 'coldmint demo'"), "\(answer.output)")
        #expect(try await bench.coldmint("--help").output.contains("New here?") == false)
    }

    // MARK: - Mistyped commands

    @Test(arguments: [
        ("rnu", "'rnu': did you mean 'run'? 'coldmint --help' lists all"),
        ("RUN", "'RUN': did you mean 'run'? 'coldmint --help' lists all"),
        ("stauts --json", "'stauts': did you mean 'status'? 'coldmint --help' lists all"),
        ("--station x lst", "'lst': did you mean 'list'? 'coldmint --help' lists all"),
        ("--station=x lst", "'lst': did you mean 'list'? 'coldmint --help' lists all"),
        ("initialize", "'initialize': did you mean 'init'? 'coldmint --help' lists all"),
        ("activate", "'activate': did you mean 'keys activate'? 'coldmint --help' lists all"),
        ("keys lsit", "'keys lsit': did you mean 'keys list'? 'coldmint keys --help' lists all"),
        (
            "keys --station x passphrse --no-passphrase",
            "'keys passphrse': did you mean 'keys passphrase'? 'coldmint keys --help' lists all"
        ),
        ("frobnicate", "'frobnicate': 'coldmint --help' lists all"),
        ("x", "'x': 'coldmint --help' lists all"),
    ])
    func `a mistyped command is named, with the one that was meant`(
        line: String, message: String
    ) async throws {
        let bench = try Workbench()
        let answer = try await bench.run(
            Workbench.binary, line.split(separator: " ").map(String.init))
        #expect(answer.status == 64)
        #expect(answer.output == "")
        #expect(answer.errors == "coldmint: there is no command \(message)\n")
    }

    @Test(arguments: [
        ("run --jsno", "Unknown option '--jsno'"), ("--sttion x rnu", "Unknown option '--sttion'"),
        ("show a b", "Unexpected argument 'b'"), ("show", "Missing expected argument"),
    ])
    func `other mistakes are told as before`(line: String, message: String) async throws {
        let bench = try Workbench()
        let answer = try await bench.run(
            Workbench.binary, line.split(separator: " ").map(String.init))
        #expect(answer.status == 64)
        #expect(answer.errors.contains(message), "\(answer.errors)")
    }

    // MARK: - No station yet

    @Test(arguments: [
        "run", "watch", "list", "show A", "token A", "renewals --within 5", "status", "audit",
        "keys list", "keys generate", "keys retire A",
    ])
    func `where there is no station the path is named, and the commands that make one`(
        line: String
    ) async throws {
        let bench = try Workbench()
        let words = line.split(separator: " ").map(String.init)
        let answer = try await bench.run(Workbench.binary, words)
        #expect(answer.status == 78)
        #expect(answer.output == "")
        for part in [
            "coldmint: station/station.yaml: no station here", "'coldmint init --issuer https://",
            "--station", "'coldmint demo'",
        ] { #expect(answer.errors.contains(part), "\(answer.errors)") }
        #expect(bench.names(in: "") == [])

        let named = try await bench.run(Workbench.binary, words + ["--station", "other"])
        #expect(named.status == 78)
        #expect(named.errors.contains("other/station.yaml: no station here"))
        #expect(named.errors.contains("'coldmint --station other init --issuer https://"))
    }

    // MARK: - Nothing dropped yet

    @Test func `a run with an empty inbox names the inbox and what to drop there`() async throws {
        let bench = try await Workbench.withStation()
        let message =
            "nothing waits in inbox: drop a request there, a file whose name ends in .json, and run "
            + "again\n"
        let run = try await bench.coldmint("run")
        #expect(run.status == 0)
        #expect(run.output == message)
        #expect(run.errors == "")
        let onTerminal = try await bench.coldmintOnTerminal("run", answering: "")
        #expect(onTerminal.output.replacing("\r\n", with: "\n") == message)
        #expect(try await bench.coldmint("run", "--quiet").output == "")
        #expect(
            try await bench.coldmint("run", "--json").output
                == #"{"accepted":0,"rejected":0,"repeated":0,"waiting":0,"licenses":0,"bundles":[]}"#
                + "\n")
        try bench.write("inbox: in\nissuer: https://l.example\n", to: "station/station.yaml")
        _ = try await bench.shell("mkdir station/in")
        #expect(try await bench.coldmint("run").output.contains("nothing waits in station/in: "))
    }

    @Test func `a run that had something to do does not speak of an empty inbox`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop("{", as: "a.json")
        let run = try await bench.coldmint("run")
        #expect(run.status == 65)
        #expect(run.output.hasPrefix("run 1: 0 drops accepted, 1 rejected"), "\(run.output)")
    }

    @Test func `status names the next step until something was issued`() async throws {
        let bench = try await Workbench.withStation()
        let empty = try await bench.coldmint("status")
        #expect(
            empty.output.hasSuffix(
                "next      drop a request into inbox, a file whose name ends in .json, then "
                    + "'coldmint run'\n"), "\(empty.output)")
        #expect(!(try await bench.coldmint("status", "--json").output.contains("coldmint run")))
        try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "a.json")
        let waiting = try await bench.coldmint("status")
        #expect(waiting.output.hasSuffix("next      'coldmint run'\n"), "\(waiting.output)")
        #expect(try await bench.coldmint("run").status == 0)
        #expect(!(try await bench.coldmint("status").output.contains("next ")))
    }
}
