import Foundation
import Support
import Testing

/// The commands that write to the log besides a run are hit by a fault at a sample of their
/// system calls, or with `--all-faults` at each: each was done or not, and the log knows every
/// checkpoint that was ever given out.
@Suite(.tags(.faults), .long, .needsStrace) struct LogFaultTests {
    private static let seed: UInt64 = 20_261_127
    private static let sampleCount = 4
    private static let killCount = 16

    enum Command: String, Sendable, CaseIterable {
        case fork, addCosignature, exportPrivate

        /// A line of shell.
        var line: String {
            switch self {
            case .fork: "coldmint log fork --yes --reason lost"
            case .addCosignature:
                #"coldmint log add-cosignature cosigned --witness "$(cat me.vkey)""#
            case .exportPrivate: "umask 077; coldmint keys export --private --yes >key.pem"
            }
        }
    }

    /// A station after a run, copied for each point; for a fork, after another run that was lost. An
    /// auditor has cosigned the head.
    private struct Template {
        let bench: Workbench

        init(for command: Command) async throws {
            bench = try await Workbench.withStation()
            try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "a.json")
            let made = try await bench.shell(
                """
                set -e; umask 077; openssl genpkey -algorithm ed25519 -out me.pem
                coldmint='\(Workbench.binary)' verify='\(Workbench.verifier)'
                $coldmint run; $coldmint log checkpoint --vkey >log-key
                $verify witness-key --key me.pem --name me.example.org >me.vkey
                $verify cosign --key me.pem --name me.example.org --seen seen-by-me \\
                    --log-key "$(cat log-key)" --first outbox/checkpoint >cosigned
                """)
            try #require(made.status == 0, "\(made.errors)")
            try await bench.keepCheckpoints("the template")
            guard command == .fork else { return }
            try bench.drop(#"{"name":"B","customer":"b","payload":{}}"#, as: "b.json")
            let lost = try await bench.shell(
                """
                cp station/ledger.sqlite older && '\(Workbench.binary)' run &&
                    mv older station/ledger.sqlite && mv outbox/b lost && cp outbox/checkpoint lost/
                """)
            try #require(lost.status == 0, "\(lost.errors)")
        }

        func copy() async throws -> Workbench {
            let copy = try Workbench()
            let copied = try await bench.shell("cp -a . '\(copy.path)/'")
            try #require(copied.status == 0, "\(copied.errors)")
            return copy
        }
    }

    private static func run(
        _ command: Command, on bench: Workbench, tracing options: [String]
    ) async throws -> Workbench.Answer {
        let strace = ["strace", "-f", "-o", "trace"] + options + [Workbench.binary]
        let words = strace.map { "'\($0)'" }.joined(separator: " ")
        return try await bench.shell("coldmint() { \(words) \"$@\"; }; \(command.line)")
    }

    @Test(arguments: Command.allCases)
    func `whatever the system call at which a command is hit, the log knows what was given out`(
        command: Command
    ) async throws {
        let template = try await Template(for: command)
        let undisturbed = try await template.copy()
        let answer = try await Self.run(
            command, on: undisturbed,
            tracing: ["-e", "trace=\(FaultPoint.calls.joined(separator: ","))"])
        try #require(answer.status == 0, "\(answer.errors)")
        let points = FaultPoint.all(inLogOf: try undisturbed.read("trace"))
        try #require(points.count > 10, "strace saw only \(points.count) calls")
        var generator = SeededGenerator(seed: Self.seed)
        for fault in Fault.allCases {
            let count = fault == .kill ? Self.killCount : Self.sampleCount
            let chosen = FaultPoint.sample(count, of: points, using: &generator)
            for point in chosen { try await Self.tryOut(command, fault, at: point, template) }
            print("\(command), \(fault): \(chosen.count) of \(points.count) points")
        }
    }

    private static func tryOut(
        _ command: Command, _ fault: Fault, at point: FaultPoint, _ template: Template
    ) async throws {
        let bench = try await template.copy()
        let story = "\(command), \(fault) at \(point)"
        let hit = try await run(command, on: bench, tracing: point.injection(of: fault))
        if fault == .kill {
            #expect(hit.status == 137, "\(story): not killed")
        } else {
            #expect(try bench.read("trace").contains("(INJECTED)"), "\(story): no fault")
            #expect([0, 73, 74, 75].contains(hit.status), "\(story): \(hit.status)")
        }
        switch command {
        case .fork: try await checkFork(bench, hit, story)
        case .addCosignature: try await checkCosignature(bench, hit, story)
        case .exportPrivate: try await checkExport(bench, hit, story)
        }
        try bench.drop(#"{"name":"C","customer":"c","payload":{}}"#, as: "c.json")
        let run = try await bench.coldmint("run")
        #expect(run.status == 0, "\(story): \(run.errors)")
        try await bench.expectKnowsAllCheckpoints(atLeast: 2, "\(story), after a run")
        let drafts = try await bench.shell("find . -name '*.part'")
        #expect(drafts.output == "", "\(story)")
    }

    /// What the log's entries are of, newest last, and its forks.
    private static func log(_ bench: Workbench) async throws -> (kinds: [String], forks: Int) {
        let log = try await bench.coldmint("log", "show", "--from", "0", "--json").json()
        return (
            log["entries"].elements.compactMap { $0["entry"]["what"].string },
            log["summary"]["forks"].elements.count
        )
    }

    /// It is in the ledger whole, or it can be made once more: never both, and never neither.
    private static func checkFork(
        _ bench: Workbench, _ hit: Workbench.Answer, _ story: String
    ) async throws {
        let isDone = try await log(bench).forks == 1
        if hit.status == 0 { #expect(isDone, "\(story)") }
        if try bench.read("outbox/checkpoint").contains("/fork-") { #expect(isDone, "\(story)") }
        let again = try await bench.coldmint("log", "fork", "--yes", "--reason", "lost")
        #expect(again.status == (isDone ? 64 : 0), "\(story): \(again.errors)")
        #expect(try await log(bench).kinds.filter { $0 == "forked" }.count == 1, "\(story)")
        let lost = try await bench.coldmint("audit", "--since", "lost/checkpoint")
        #expect(lost.status == 65, "\(story)")
        try bench.drop(#"{"name":"D","customer":"d","payload":{}}"#, as: "d.json")
        let run = try await bench.coldmint("run")
        #expect(run.status == 0, "\(story): \(run.errors)")
        #expect(bench.names(in: "outbox/d") == ["d-001001.tar"], "\(story)")
    }

    private static func checkCosignature(
        _ bench: Workbench, _ hit: Workbench.Answer, _ story: String
    ) async throws {
        try await bench.expectKnowsAllCheckpoints(story)
        let cosigned = try bench.read("cosigned")
        let isKept = try await bench.coldmint("log", "checkpoint").output == cosigned
        if hit.status == 0 { #expect(isKept, "\(story)") }
        // What lies in the outbox has what the ledger has, or less.
        if try bench.read("outbox/checkpoint") == cosigned { #expect(isKept, "\(story)") }
        let added = try await bench.shell(
            "coldmint() { '\(Workbench.binary)' \"$@\"; }; \(Command.addCosignature.line)")
        #expect(added.status == 0, "\(story): \(added.errors)")
        #expect(try bench.read("outbox/checkpoint") == cosigned, "\(story)")
    }

    /// A private key that has left was entered into the log before.
    private static func checkExport(
        _ bench: Workbench, _ hit: Workbench.Answer, _ story: String
    ) async throws {
        try await bench.expectKnowsAllCheckpoints(story)
        let entries = try await log(bench).kinds.filter { $0 == "private-key-exported" }
        #expect(entries.count <= 1, "\(story)")
        let key = try bench.read("key.pem")
        if hit.status == 0 || key != "" {
            #expect(entries.count == 1, "\(story): the key is out")
        }
    }
}
