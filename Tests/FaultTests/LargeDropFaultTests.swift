import Foundation
import Support
import Testing

/// A run that issues a drop in portions is killed while it writes; the next run issues all of it.
@Suite(.serialized, .tags(.faults), .long, .needsStrace) struct LargeDropFaultTests {
    private static let seed: UInt64 = 20_261_125
    private static let sampleCount = 6
    private static let names = (0..<600).map { "License \($0)" }

    private static func bench() async throws -> Workbench {
        let bench = try await Workbench.withStation()
        let padding = String(repeating: "x", count: 1900)
        let requests = names.enumerated().map { number, name in
            #"{"name":"\#(name)","customer":"c\#(number % 3)","description":"\#(padding)","payload":{}}"#
        }
        let text = "[\(requests.joined(separator: ",\n"))]"
        try #require(text.utf8.count > 1 << 20)
        try bench.drop(text, as: "large.json")
        return bench
    }

    private static func writeCount() async throws -> Int {
        let bench = try await bench()
        let answer = try await bench.run(
            "strace", ["-f", "-o", "log", "-e", "trace=pwrite64", Workbench.binary, "run"])
        #expect(answer.status == 0)
        return try bench.read("log").split(separator: "\n").count { $0.contains("pwrite64(") }
    }

    @Test func `a run that is killed while it issues a large drop is made good by the next`()
        async throws
    {
        let count = try await Self.writeCount()
        try #require(count > 100)
        var generator = SeededGenerator(seed: Self.seed)
        let points = (0..<Self.sampleCount).map { _ in
            Int.random(in: 1..<count, using: &generator)
        }
        var kills = 0
        for point in points {
            if try await Self.tryOut(killedAt: point) { kills += 1 }
        }
        // Strace counts for each thread, of which only some write so often.
        #expect(kills > 2)
        print("large drop: \(points.count) of \(count) writes, seed \(Self.seed)")
    }

    /// - Returns: whether the run was killed.
    private static func tryOut(killedAt point: Int) async throws -> Bool {
        let bench = try await bench()
        _ = try await bench.run(
            "strace",
            [
                "-f", "-o", "log", "-e", "trace=pwrite64", "-e",
                "inject=pwrite64:signal=SIGKILL:when=\(point)", Workbench.binary, "run",
            ])
        let isKilled = try bench.read("log").contains("killed by SIGKILL")
        try await bench.keepCheckpoints("write \(point)")
        #expect(try await bench.coldmint("run").status == 0, "write \(point)")
        let listed = try await bench.coldmint("list", "--json", "--limit", "1000").json().elements
        #expect(
            listed.compactMap { $0["name"].string }.sorted() == names.sorted(), "write \(point)")
        let receipt = try bench.receipt(of: "large.json")
        #expect(receipt["results"].elements.count == names.count, "write \(point)")
        #expect(bench.names(in: "inbox/.claimed") == [], "write \(point)")
        let drafts = try await bench.shell("find . -name '*.part' -o -name '*.tmp'")
        #expect(drafts.output == "", "write \(point)")
        try await bench.expectKnowsAllCheckpoints("write \(point)")
        let verified = try await bench.shell("\(Workbench.binary) verify --json outbox/*/*.tar")
        #expect(verified.status == 0, "write \(point)")
        return isKilled
    }
}
