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

    /// Two customers share a drop, one of them has another, one drop is bad, one is a repeat, and
    /// one goes on with the licenses that were there before.
    private static let drops = [
        "1.json":
            #"[{"name":"A","customer":"a","payload":{}},{"name":"B","customer":"b","payload":{}}]"#,
        "2.json": #"{"name":"C","customer":"a","payload":{"seats":1}}"#,
        "3.json": #"{"name":"D","customer":"a""#,
        "4.json": #"{"name":"C","customer":"a","payload":{"seats":1}}"#,
    ]

    private static func bench() async throws -> Workbench {
        let bench = try await Workbench.withStation()
        try bench.drop(
            #"[{"name":"O","customer":"a","payload":{}},{"name":"P","customer":"b","payload":{}}]"#,
            as: "0.json")
        _ = try await bench.coldmint("run")
        let ids = try bench.receipt(of: "0.json")["results"].elements.map {
            $0["license"].string ?? ""
        }
        for (name, text) in drops { try bench.drop(text, as: name) }
        try bench.drop(
            """
            [{"action":"update","license":"\(ids[0])","name":"Q","description":"x"},
             {"action":"delete","license":"\(ids[1])","name":"P"},
             {"action":"deliver","customer":"a"}]
            """, as: "5.json")
        return bench
    }

    /// The points of an undisturbed run.
    private static func points() async throws -> [FaultPoint] {
        let bench = try await bench()
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
        let all = try await Self.points()
        try #require(all.count > 100, "strace saw only \(all.count) calls")
        var generator = SeededGenerator(seed: Self.seed)
        let chosen =
            Self.isExhaustive
            ? all : Array(all.shuffled(using: &generator).prefix(Self.sampleCount))
        for point in chosen { try await Self.tryOut(fault, at: point) }
        print("\(fault): \(chosen.count) of \(all.count) points, seed \(Self.seed)")
    }

    @Test func `a failed flush to disk ends the process before anything is renamed`() async throws {
        let flushes = try await Self.points().filter { ["fsync", "syncfs"].contains($0.call) }
        try #require(flushes.count > 5)
        let chosen =
            Self.isExhaustive
            ? flushes : Array(flushes.filter { $0.call == "syncfs" } + flushes.prefix(4))
        for point in chosen {
            let bench = try await Self.bench()
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

    private static func tryOut(_ fault: Fault, at point: FaultPoint) async throws {
        let bench = try await bench()
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
        try await check(bench, "\(fault) at \(point)")
    }

    /// What holds after any fault and a clean run.
    private static func check(_ bench: Workbench, _ story: String) async throws {
        let listed = try await bench.coldmint("list", "--json").json().elements
        #expect(
            listed.compactMap { $0["name"].string }.sorted() == ["A", "B", "C", "P", "Q"],
            "\(story)")
        #expect(listed.filter { !$0["deletedAt"].isAbsent }.count == 1, "\(story)")
        let history = try await bench.coldmint("show", "Q", "--json").json()["history"]
        #expect(
            history.elements.compactMap { $0["action"].string } == [
                "create", "update", "update", "deliver",
            ], "\(story)")
        for name in drops.keys + ["5.json"] {
            let receipts = try bench.receipts(of: name)
            #expect(receipts.count == 1, "\(story): \(name) has \(receipts.count) receipts")
        }
        #expect(try bench.receipt(of: "3.json")["outcome"].string == "rejected", "\(story)")
        let twins = try ["2.json", "4.json"].map { try bench.receipt(of: $0)["outcome"].string }
        #expect(Set(twins) == ["accepted", "repeated"], "\(story)")
        #expect(bench.names(in: "inbox") == [".claimed", "accepted", "rejected"], "\(story)")
        #expect(bench.names(in: "inbox/.claimed") == [], "\(story)")
        let drafts = try await bench.shell("find . -name '*.part' -o -name '*.tmp'")
        #expect(drafts.output == "", "\(story)")

        let verified = try await bench.shell("\(Workbench.binary) verify --json outbox/*/*.tar")
        #expect(verified.status == 0, "\(story): \(verified.output)")
        let delivered = try verified.json().elements.flatMap { $0["licenses"].elements }
        #expect(
            Set(delivered.compactMap { $0["id"].string })
                == Set(listed.compactMap { $0["id"].string }), "\(story)")
        let audit = try await bench.coldmint("audit")
        #expect(audit.status == 0, "\(story): \(audit.output)\(audit.errors)")
    }
}
