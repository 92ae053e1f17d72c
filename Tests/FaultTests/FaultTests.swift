import Foundation
import Support
import Testing

/// A run is hit by a fault at one of its system calls; then a clean run must put all in order.
///
/// By default a sample of the points is tried; `scripts/test --all-faults` tries every one.
@Suite(.serialized, .tags(.faults), .long, .needsStrace) struct FaultTests {
    private static let seed: UInt64 = 20_261_123
    private static let sampleCount = 16
    private static let isExhaustive =
        ProcessInfo.processInfo.environment["COLDMINT_ALL_FAULTS"] == "1"

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
        let chosen =
            Self.isExhaustive
            ? all : Array(all.shuffled(using: &generator).prefix(Self.sampleCount))
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
            Self.isExhaustive
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

    // MARK: - One point

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
        let clean = try await bench.coldmint("run")
        #expect([0, 65].contains(clean.status), "\(fault) at \(point): \(clean.errors)")
        try await SignedWorkload.check(bench, "\(fault) at \(point)")
    }
}
