import Foundation
import Support
import Testing

/// `backup` and `restore` are hit by a fault at a system call: what they make is there whole or not
/// at all, and the same command does its work afterwards.
///
/// By default a sample of the points is tried; `scripts/test --all-faults` tries every one.
@Suite(.serialized, .tags(.faults), .long, .needsStrace) struct BackupFaultTests {
    private static let seed: UInt64 = 20_261_126
    private static let sampleCount = 8
    private static let isExhaustive =
        ProcessInfo.processInfo.environment["COLDMINT_ALL_FAULTS"] == "1"
    private static let calls = FaultPoint.calls + ["mkdirat", "rmdir"]

    /// A station with two keys and a license, and its backup, copied for each point.
    private struct Template {
        let bench: Workbench

        init() async throws {
            bench = try await Workbench.withStation()
            try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "a.json")
            for command in [["run"], ["keys", "generate", "--yes"], ["backup", "known.tar"]] {
                let answer = try await bench.run(Workbench.binary, command)
                try #require(answer.status == 0, "\(answer.errors)")
            }
        }

        func copy(_ files: String) async throws -> Workbench {
            let copy = try Workbench()
            let copied = try await bench.shell("cp -a \(files) '\(copy.path)/'")
            try #require(copied.status == 0, "\(copied.errors)")
            return copy
        }
    }

    /// Tries the command on copies of some files of the template, one fault at a time.
    private static func tryOut(
        _ command: [String], on files: String, _ template: Template,
        _ check: (Workbench, _ hit: Workbench.Answer, _ story: String) async throws -> Void
    ) async throws {
        let undisturbed = try await template.copy(files)
        let answer = try await undisturbed.run(
            "strace",
            ["-f", "-o", "log", "-e", "trace=\(calls.joined(separator: ","))", Workbench.binary]
                + command)
        try #require(answer.status == 0, "\(answer.errors)")
        let points = FaultPoint.all(inLogOf: try undisturbed.read("log"), among: calls)
        try #require(points.count > 20, "strace saw only \(points.count) calls")
        var generator = SeededGenerator(seed: seed)
        for fault in Fault.allCases {
            let chosen =
                isExhaustive
                ? points : Array(points.shuffled(using: &generator).prefix(sampleCount))
            for point in chosen {
                let bench = try await template.copy(files)
                let story = "\(command[0]), \(fault) at \(point)"
                let hit = try await bench.run(
                    "strace",
                    ["-f", "-o", "log"] + point.injection(of: fault) + [Workbench.binary] + command)
                if fault == .kill {
                    #expect(hit.status == 137, "\(story): not killed")
                } else {
                    #expect(try bench.read("log").contains("(INJECTED)"), "\(story): no fault")
                    #expect([0, 73, 74, 75].contains(hit.status), "\(story): \(hit.status)")
                }
                try await check(bench, hit, story)
            }
            print("\(command[0]), \(fault): \(chosen.count) of \(points.count) points")
        }
    }

    @Test
    func `whatever the system call at which a restore is hit, it is there whole or not at all`()
        async throws
    {
        let template = try await Template()
        let keys = template.bench.names(in: "station/keys")
        try await Self.tryOut(["restore", "known.tar"], on: "known.tar", template) {
            bench, hit, story in
            let isThere = bench.names(in: "station").contains("station.yaml")
            if hit.status == 0 { #expect(isThere, "\(story)") }
            if hit.status < 128 && !isThere {
                #expect(bench.names(in: "station") == [], "\(story): \(hit.errors)")
            }
            let again = try await bench.coldmint("restore", "known.tar")
            #expect(again.status == (isThere ? 73 : 0), "\(story): \(again.errors)")
            try bench.drop(#"{"name":"B","customer":"a","payload":{}}"#, as: "b.json")
            let run = try await bench.coldmint("run")
            #expect(run.status == 0, "\(story): \(run.errors)")
            let audit = try await bench.coldmint("audit")
            #expect(audit.status == 0, "\(story): \(audit.output)\(audit.errors)")
            #expect(bench.names(in: "station/keys") == keys, "\(story)")
            let drafts = try await bench.shell("find . -name '*.part'")
            #expect(drafts.output == "", "\(story)")
        }
    }

    @Test
    func `whatever the system call at which a backup is hit, it is there whole or not at all`()
        async throws
    {
        let template = try await Template()
        try await Self.tryOut(
            ["backup", "new.tar"], on: "station inbox outbox", template
        ) { bench, hit, story in
            let isThere = bench.names(in: "").contains("new.tar")
            if hit.status == 0 { #expect(isThere, "\(story)") }
            let again = try await bench.coldmint("backup", "new.tar")
            #expect(again.status == (isThere ? 73 : 0), "\(story): \(again.errors)")
            #expect(
                bench.names(in: "").filter { $0 != "log" }
                    == ["inbox", "new.tar", "outbox", "station"], "\(story)")
            _ = try await bench.shell("mkdir other")
            let restored = try await bench.coldmint(
                "--station", "other/station", "restore", "new.tar")
            #expect(restored.status == 0, "\(story): \(restored.errors)")
            for station in ["station", "other/station"] {
                let audit = try await bench.coldmint("--station", station, "audit")
                #expect(audit.status == 0, "\(story): \(audit.output)\(audit.errors)")
            }
        }
    }
}
