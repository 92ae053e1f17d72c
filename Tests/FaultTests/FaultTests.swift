import Foundation
import Support
import Testing

/// A run is hit by a fault at one of its system calls; then a clean run must put all in order.
///
/// By default a sample of the points is tried; `scripts/test --all-faults` tries every one.
@Suite(.tags(.faults), .long, .needsStrace) struct FaultTests {
    private static let seed: UInt64 = 20_261_123
    private static let sampleCount = 10

    /// The points of an undisturbed run.
    private static func points(_ workload: SignedWorkload) async throws -> [FaultPoint] {
        let bench = try await workload.copy()
        let answer = try await bench.run(
            "strace",
            [
                "-f", "-o", "log", "-e", "trace=\(FaultPoint.calls.joined(separator: ","))",
                Workbench.binary, "run",
            ])
        #expect(answer.status == 65)
        return FaultPoint.all(inLogOf: try bench.read("log"))
    }

    @Test(arguments: Fault.allCases)
    func `whatever the system call at which a run is hit, the next one puts all in order`(
        fault: Fault
    ) async throws {
        let workload = try await SignedWorkload()
        let all = try await Self.points(workload)
        try #require(all.count > 100, "strace saw only \(all.count) calls")
        var generator = SeededGenerator(seed: Self.seed)
        let chosen = FaultPoint.sample(Self.sampleCount, of: all, using: &generator)
        for point in chosen { try await Self.tryOut(fault, at: point, workload) }
        print("\(fault): \(chosen.count) of \(all.count) points, seed \(Self.seed)")
    }

    @Test func `a failed flush to disk ends the process before anything is renamed`() async throws {
        let workload = try await SignedWorkload()
        let flushes = try await Self.points(workload).filter {
            ["fsync", "syncfs"].contains($0.call)
        }
        try #require(flushes.count > 5)
        let chosen =
            FaultPoint.areAllTried
            ? flushes : Array(flushes.filter { $0.call == "syncfs" } + flushes.prefix(4))
        for point in chosen {
            let bench = try await workload.copy()
            let hit = try await bench.run(
                "strace",
                [
                    "-f", "-o", "log", "-e", "trace=fsync,syncfs,renameat,renameat2", "-e",
                    "inject=\(point.call):error=EIO:when=\(point.occurrence)", Workbench.binary,
                    "run",
                ])
            #expect(hit.status == 74, "\(point): \(hit.errors)")
            #expect(hit.errors.contains("cannot flush to disk"), "\(point): \(hit.errors)")
            let after = try bench.read("log").split(separator: "\n")
                .drop { !$0.contains("INJECTED") }.dropFirst()
            #expect(!after.contains { $0.contains("(") && !$0.contains("+++") }, "\(after)")
        }
    }

    /// As where somebody puts a folder in its place in that moment.
    @Test func `a signature that cannot be moved holds up its own drop, and garbage holds up none`()
        async throws
    {
        let workload = try await SignedWorkload()
        let counting = try await Self.run(workload, withoutMoving: "1.json.bob.sig")
        #expect(try counting.bench.receipts(of: "1.json").isEmpty)
        #expect(try counting.bench.receipts(of: "2.json").count == 1)
        #expect(counting.hit.status == 74, "\(counting.hit.status) \(counting.hit.errors)")
        #expect(counting.hit.errors.contains("cannot rename inbox/1.json.bob.sig"))
        #expect(try await counting.bench.coldmint("run").status == 0)
        try await SignedWorkload.check(counting.bench, "a signature that counts")

        let garbage = try await Self.run(workload, withoutMoving: "2.json.x.sig")
        #expect(garbage.hit.status == 65, "\(garbage.hit.status) \(garbage.hit.errors)")
        for number in 1...5 {
            #expect(try garbage.bench.receipts(of: "\(number).json").count == 1, "\(number)")
        }
        #expect(garbage.bench.names(in: "inbox").contains("2.json.x.sig"))
    }

    /// Runs while the system refuses to move that file of the inbox.
    private static func run(
        _ workload: SignedWorkload, withoutMoving file: String
    ) async throws -> (bench: Workbench, hit: Workbench.Answer) {
        let undisturbed = try await workload.copy()
        _ = try await undisturbed.run(
            "strace", ["-o", "log", "-e", "trace=renameat2", Workbench.binary, "run"])
        let moves = try undisturbed.read("log").split(separator: "\n")
        let index = try #require(moves.firstIndex { $0.contains("\"\(file)\"") })
        let bench = try await workload.copy()
        let injection = "inject=renameat2:error=EACCES:when=\(index + 1)"
        let hit = try await bench.run(
            "strace", ["-o", "log", "-e", injection, Workbench.binary, "run"])
        return (bench, hit)
    }

    // MARK: - One point

    /// What is of no account and cannot be moved stays where it lay for ever, and its drop is handled
    /// without it: in that case it is put to where it goes otherwise.
    private static func moveGarbage(
        in bench: Workbench, _ log: String, _ story: String
    ) async throws {
        let isHit = log.split(separator: "\n").contains {
            $0.contains("(INJECTED)") && $0.contains("\"2.json.x.sig\"")
        }
        guard isHit else { return }
        let moved = try await bench.shell(
            """
            drop=$(ls inbox/accepted/*-2.json) && mv inbox/2.json.x.sig $drop.x.sig
            """)
        #expect(moved.status == 0, "\(story): \(moved.errors)")
    }

    private static func tryOut(
        _ fault: Fault, at point: FaultPoint, _ workload: SignedWorkload
    ) async throws {
        let bench = try await workload.copy()
        let hit = try await bench.run(
            "strace", ["-f", "-o", "log"] + point.injection(of: fault) + [Workbench.binary, "run"])
        let log = try bench.read("log")
        switch fault {
        case .kill:
            #expect(hit.status == 137, "\(point): the process was not killed")
            #expect(log.contains("killed by SIGKILL"))
            // Bundles look different from here on, those of the run that was cut off included.
            _ = try await bench.shell("echo 'vendorName: Example' >>station/station.yaml")
        case .badDisk, .fullDisk:
            #expect(log.contains("(INJECTED)"), "\(point): no fault was injected")
            #expect([65, 73, 74, 75].contains(hit.status), "\(point): \(hit.status) \(hit.errors)")
        }
        try await bench.expectKnowsAllCheckpoints("\(fault) at \(point), before a clean run")
        if fault != .kill { try await Self.moveGarbage(in: bench, log, "\(fault) at \(point)") }
        let clean = try await bench.coldmint("run")
        #expect([0, 65].contains(clean.status), "\(fault) at \(point): \(clean.errors)")
        try await bench.keepCheckpoints("\(fault) at \(point), after a clean run")
        try await SignedWorkload.check(bench, "\(fault) at \(point)")
    }
}
