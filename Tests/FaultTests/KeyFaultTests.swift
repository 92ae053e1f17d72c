import Foundation
import Support
import Testing

/// The commands that change keys are hit by a fault at a sample of their system calls, or with
/// `--all-faults` at each; whatever comes of it, there is one active key that opens, no private key
/// is lost and none lies about.
@Suite(.tags(.faults), .long, .needsStrace) struct KeyFaultTests {
    private static let seed: UInt64 = 20_261_124
    private static let sampleCount = 4
    private static let killCount = 16

    struct Command: Sendable, CustomTestStringConvertible {
        let name: String
        /// ACTIVE and STANDBY stand for the keys of these states.
        let arguments: [String]

        var testDescription: String { name }

        static let all = [
            Command(name: "generate", arguments: []),
            Command(name: "import", arguments: ["vendor.pem"]),
            Command(name: "activate", arguments: ["STANDBY"]),
            Command(name: "retire", arguments: ["STANDBY"]),
            Command(name: "passphrase", arguments: ["--new-passphrase-file", "new"]),
        ]

        func line(standby: String) -> [String] {
            let secret = name == "retire" ? [] : ["--passphrase-file", "passphrase"]
            return ["keys", name] + secret + arguments.map { $0 == "STANDBY" ? standby : $0 }
        }
    }

    /// A station with an active key and one that stands by, copied for each point.
    private struct Template {
        let bench: Workbench
        let active: String
        let standby: String

        init() async throws {
            bench = try await Workbench.withEncryptedStation()
            try bench.writePrivately("another passphrase\n", to: "new")
            let made = try await bench.shell(
                "umask 077; openssl genpkey -algorithm ed25519 -out vendor.pem")
            try #require(made.status == 0, "\(made.errors)")
            standby = String(try await bench.unlocked("keys", "generate").output.dropLast())
            active = try #require(try await bench.keys("active").first)
            try bench.drop(#"{"name":"O","customer":"o","payload":{}}"#, as: "o.json")
            let run = try await bench.unlocked("run")
            try #require(run.status == 0, "\(run.errors)")
            try await bench.keepCheckpoints("the template")
        }

        func copy() async throws -> Workbench {
            let copy = try Workbench()
            let copied = try await bench.shell("cp -a . '\(copy.path)/'")
            try #require(copied.status == 0, "\(copied.errors)")
            return copy
        }
    }

    @Test(arguments: Command.all)
    func `whatever the system call at which a command is hit, no key is lost or left about`(
        command: Command
    ) async throws {
        let template = try await Template()
        let points = try await Self.points(of: command, template)
        try #require(points.count > 10, "strace saw only \(points.count) calls")
        var generator = SeededGenerator(seed: Self.seed)
        for fault in Fault.allCases {
            let count = fault == .kill ? Self.killCount : Self.sampleCount
            let chosen = FaultPoint.sample(count, of: points, using: &generator)
            for point in chosen { try await Self.tryOut(command, fault, at: point, template) }
            print("keys \(command.name), \(fault): \(chosen.count) of \(points.count) points")
        }
    }

    private static func points(
        of command: Command, _ template: Template
    ) async throws -> [FaultPoint] {
        let bench = try await template.copy()
        let calls = FaultPoint.calls.joined(separator: ",")
        let answer = try await bench.run(
            "strace",
            ["-f", "-o", "log", "-e", "trace=\(calls)", Workbench.binary]
                + command.line(standby: template.standby))
        try #require(answer.status == 0, "\(answer.errors)")
        return FaultPoint.all(inLogOf: try bench.read("log"))
    }

    private static func tryOut(
        _ command: Command, _ fault: Fault, at point: FaultPoint, _ template: Template
    ) async throws {
        let bench = try await template.copy()
        let story = "keys \(command.name), \(fault) at \(point)"
        let hit = try await bench.run(
            "strace",
            ["-f", "-o", "log"] + point.injection(of: fault) + [Workbench.binary]
                + command.line(standby: template.standby))
        let log = try bench.read("log")
        if fault == .kill {
            #expect(hit.status == 137, "\(story): not killed")
        } else {
            #expect(log.contains("(INJECTED)"), "\(story): no fault was injected")
            #expect([0, 73, 74, 75, 77].contains(hit.status), "\(story): \(hit.status)")
        }
        if command.name == "passphrase" {
            try await finishPassphrase(bench, story)
        } else {
            try await check(bench, command, template, passphrase: "passphrase", story)
        }
    }

    /// Each file is under the old passphrase or the new one; the same command finishes the work.
    private static func finishPassphrase(_ bench: Workbench, _ story: String) async throws {
        let active = try await bench.keys("active")
        var openable = 0
        for file in ["passphrase", "new"] {
            let opened = try await bench.coldmint(
                "keys", "export", "--private", "--yes", "--passphrase-file", file, "--", active[0])
            if opened.status == 0 { openable += 1 }
        }
        #expect(openable == 1, "\(story): the active key")
        let again = try await bench.unlocked("keys", "passphrase", "--new-passphrase-file", "new")
        #expect(again.status == 0, "\(story): \(again.errors)")
        for kid in try await bench.keys("active") + bench.keys("standby") {
            let opened = try await bench.coldmint(
                "keys", "export", "--private", "--yes", "--passphrase-file", "new", "--", kid)
            #expect(opened.status == 0, "\(story): \(opened.errors)")
        }
        try await checkFolder(bench, story)
    }

    private static func check(
        _ bench: Workbench, _ command: Command, _ template: Template, passphrase: String,
        _ story: String
    ) async throws {
        try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "a.json")
        let run = try await bench.coldmint("run", "--passphrase-file", passphrase)
        #expect(run.status == 0, "\(story): \(run.errors)")
        let active = try await bench.keys("active")
        #expect(active.count == 1, "\(story)")
        if command.name == "activate" {
            #expect([template.active, template.standby].contains(active[0]), "\(story)")
        } else {
            #expect(active == [template.active], "\(story)")
        }
        for kid in try await bench.keys("standby") {
            let opened = try await bench.coldmint(
                "keys", "export", "--private", "--yes", "--passphrase-file", passphrase, "--",
                kid)
            #expect(opened.status == 0, "\(story): \(opened.errors)")
        }
        let others = command.name == "retire" ? 0 : 1
        #expect(try await bench.keys("standby").count >= others, "\(story)")
        try await checkFolder(bench, story)
    }

    /// A file for each key that is not retired, and nothing else.
    private static func checkFolder(_ bench: Workbench, _ story: String) async throws {
        let kept = try await bench.keys("active") + bench.keys("standby")
        #expect(
            bench.names(in: "station/keys") == kept.map { "ed25519-\($0).key" }.sorted(),
            "\(story)")
        try await bench.expectKnowsAllCheckpoints(story)
    }
}
