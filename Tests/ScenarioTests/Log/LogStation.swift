import Foundation
import Support
import Testing

/// What the log over a ledger is worth against somebody who changes it.
@Suite(LogStation()) enum ChangedHistoryScenarios {}

/// One station with a long history, made once for all of the suite. Each test works on a copy.
struct LogStation: SuiteTrait, TestScoping {
    @TaskLocal static var made: Workbench?

    func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let bench = try await Self.make()
        try await Self.$made.withValue(bench) { try await function() }
    }

    /// The copy has, besides the station: `kept/first` and `kept/last`, checkpoints that left it
    /// after run 3 and after the last one; `kept/first.sqlite`, the ledger after run 3;
    /// `kept/acme.tar` and `kept/eta.tar`, bundles of the first and the last run.
    static func copy() async throws -> Workbench {
        let made = try #require(made)
        let bench = try Workbench()
        let copied = try await bench.shell("cp -a '\(made.path)/.' .")
        try #require(copied.status == 0, "\(copied.errors)")
        return bench
    }

    /// Runs Python beside `insider.py`, with `l` for the ledger without its triggers.
    static func change(_ bench: Workbench, _ code: String) async throws {
        let folder = "\(Workbench.repository)/Tests/ScenarioTests/Log"
        let body = code.split(separator: "\n").map { "    \($0)\n" }.joined()
        let script = """
            import sys
            sys.path.insert(0, "\(folder)")
            from insider import *
            with Ledger() as l:
            \(body)
            """
        let answer = try await bench.run("/usr/bin/python3", ["-B", "-c", script])
        try #require(answer.status == 0, "\(answer.errors)")
    }

    // MARK: - The history

    private static func make() async throws -> Workbench {
        let bench = try Workbench()
        let history = History(bench: bench)
        try await history.begin()
        try await history.change()
        try await history.misdate()
        try await history.restore()
        try await history.cosign()
        return bench
    }

    private struct History {
        let bench: Workbench

        private func coldmint(_ time: String, _ arguments: String...) async throws {
            let answer = try await bench.run(
                "faketime",
                ["--exclude-monotonic", "-f", "\(time):00", Workbench.binary] + arguments,
                environment: ["TZ": "UTC"])
            try #require(answer.status == 0, "\(answer.output)\(answer.errors)")
        }

        private func shell(_ line: String) async throws {
            let answer = try await bench.shell(line)
            try #require(answer.status == 0, "\(answer.errors)")
        }

        private func create(_ name: String, for customer: String) -> String {
            #"{"name":"\#(name)","customer":"\#(customer)","payload":{"seats":5}}"#
        }

        private func drop(_ text: String, as name: String) async throws {
            try await bench.drop(text, as: name, signedBy: ["alice", "bob"])
        }

        /// Run 1, for which nobody has to sign, and run 2, for which two people have to.
        func begin() async throws {
            try await coldmint(
                "2031-12-01 09:00", "init", "--issuer", "https://licenses.example.com",
                "--no-passphrase")
            let first = [create("A", for: "acme"), create("B", for: "acme")]
            try bench.drop(
                "[\(first.joined(separator: ",")),\(create("C", for: "borealis"))]", as: "a.json")
            try await coldmint("2031-12-01 10:00", "run")
            for person in ["alice", "bob", "carol"] { try await bench.makeKey(person) }
            try bench.allow(["alice", "bob", "carol"])
            try bench.set("signers: signers\napprovals: 2")
            try await drop(create("D", for: "acme"), as: "d.json")
            try await coldmint("2031-12-02 09:00", "run")
        }

        /// Run 3 renames A, describes B, deletes C and delivers acme's licenses again.
        func change() async throws {
            let listed = try await bench.coldmint("list", "--json").json().elements
            let ids = listed.compactMap { $0["id"].string }
            try #require(ids.count == 4)
            try await drop(
                """
                [{"action":"update","license":"\(ids[0])","name":"A2"},
                 {"action":"update","license":"\(ids[1])","description":"three clusters"},
                 {"action":"delete","license":"\(ids[2])","name":"C"},
                 {"action":"deliver","customer":"acme"}]
                """, as: "changes.json")
            try await coldmint("2031-12-03 09:00", "run")
            try await shell(
                "mkdir kept && cp outbox/checkpoint kept/first && cp outbox/acme/acme-000001.tar "
                    + "kept/acme.tar && cp station/ledger.sqlite kept/first.sqlite")
        }

        /// Run 4 is at work while the clock is wrong, and run 5 after it was set right. A key is
        /// made and another one exported.
        func misdate() async throws {
            try await coldmint("2031-12-03 10:00", "keys", "generate")
            try await coldmint("2031-12-03 11:00", "keys", "export", "--private", "--yes")
            try await drop(create("E", for: "delta"), as: "e.json")
            try await coldmint("2031-12-20 09:00", "run")
            try await drop(create("F", for: "epsilon"), as: "f.json")
            try await coldmint("2031-12-05 09:00", "run", "--accept-clock")
        }

        func restore() async throws {
            try await coldmint("2031-12-06 09:00", "backup", "backup.tar")
            try await shell("rm -r station")
            try await coldmint("2031-12-06 10:00", "restore", "backup.tar")
            try await drop(create("G", for: "zeta"), as: "g.json")
            try await coldmint("2031-12-07 09:00", "run")
        }

        /// An auditor cosigns the head of run 6, and run 7 takes that along.
        func cosign() async throws {
            let script = """
                import sys
                sys.path.insert(0, "\(Workbench.repository)/Tests/ScenarioTests/Log")
                from insider import *
                openssl("genpkey", "-algorithm", "ed25519", "-out", "auditor.pem")
                note = open("outbox/checkpoint").read()
                text = note.split("\\n\\n")[0] + "\\n"
                line = cosignature("audit.example.net", "auditor.pem", text, 1956000000)
                open("cosigned", "w").write(note + line)
                print(verifier("audit.example.net", "auditor.pem"))
                """
            let answer = try await bench.run("/usr/bin/python3", ["-B", "-c", script])
            try #require(answer.status == 0, "\(answer.errors)")
            let witness = answer.output.trimmingCharacters(in: .whitespacesAndNewlines)
            try await coldmint(
                "2031-12-07 10:00", "log", "add-cosignature", "cosigned", "--witness", witness)
            try await drop(create("H", for: "eta"), as: "h.json")
            try await coldmint("2031-12-08 09:00", "run")
            try await shell(
                "cp outbox/checkpoint kept/last && cp outbox/eta/eta-000007.tar kept/eta.tar")
        }
    }
}
