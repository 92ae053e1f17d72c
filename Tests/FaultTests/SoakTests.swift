import Foundation
import Support
import Testing

/// Many processes and many kills, and then the totals.
@Suite(.serialized, .tags(.soak), .long) struct SoakTests {
    private static let seed: UInt64 = 20_261_124
    private static let seconds = 120.0

    private static func request(_ name: String, customer: Int) -> String {
        #"{"name":"\#(name)","customer":"c\#(customer)","payload":{"n":1}}"#
    }

    /// Every good drop was issued exactly once, every bundle is sound, nothing is left over.
    private static func check(_ bench: Workbench, names: Set<String>, bad: Int) async throws {
        let listed = try await bench.coldmint("list", "--json").json().elements
        #expect(listed.count == names.count)
        #expect(Set(listed.compactMap { $0["name"].string }) == names)
        let accepted = bench.names(in: "inbox/accepted").filter { $0.hasSuffix(".receipt.json") }
        let rejected = bench.names(in: "inbox/rejected").filter { $0.hasSuffix(".receipt.json") }
        #expect(accepted.count == names.count)
        #expect(rejected.count == bad)
        #expect(bench.names(in: "inbox/.claimed") == [])
        #expect(try await bench.shell("find . -name '*.part'").output == "")
        let verified = try await bench.shell(
            "find outbox -name '*.tar' -print0 | xargs -0 \(Workbench.binary) verify >verified")
        #expect(verified.status == 0)
        let delivered = try await bench.shell("grep '^  ' verified | grep -cv '^  in the log'")
        #expect(delivered.output == "\(names.count)\n")
        // Every bundle is there still, and has the checkpoint of its run.
        try await bench.expectKnowsAllCheckpoints("in the end")
    }

    @Test func `two runs and a watch at once, a hundred rounds, issue nothing twice`() async throws
    {
        let bench = try await Workbench.withStation()
        var names: Set<String> = []
        for round in 0..<100 { names.formUnion(["R\(round)a", "R\(round)b"]) }
        let stopped = try await bench.whileRunning(["watch"]) { watch in
            for round in 0..<100 {
                for letter in ["a", "b"] {
                    let name = "R\(round)\(letter)"
                    try bench.drop(Self.request(name, customer: round % 5), as: "\(name).json")
                }
                async let first = bench.coldmint("run", "--quiet")
                async let second = bench.coldmint("run", "--quiet")
                for run in try await [first, second] {
                    #expect([0, 75].contains(run.status), "\(run.errors)")
                }
            }
            try await bench.wait(for: "all receipts") {
                bench.names(in: "inbox/accepted").count == 400
            }
            try watch.terminate()
        }
        #expect(stopped.status == 0)
        try await Self.check(bench, names: names, bad: 0)
    }

    @Test func `several thousand drops at once are all issued, in the order of their names`()
        async throws
    {
        let bench = try await Workbench.withStation()
        let names = (10_000..<13_000).map(String.init)
        for name in names {
            try bench.drop(Self.request(name, customer: 1), as: "\(name).json")
        }
        let run = try await bench.coldmint("run", "--json")
        #expect(try run.json()["accepted"].integer == 3000)
        let listed = try await bench.coldmint("list", "--json").json().elements
        #expect(listed.compactMap { $0["name"].string } == names)
        try await Self.check(bench, names: Set(names), bad: 0)
    }

    /// The seed decides what is dropped and how a watch ends; what it hits is up to the scheduler.
    @Test func `a watch that is killed and started again for two minutes loses nothing`()
        async throws
    {
        let bench = try await Workbench.withStation()
        var generator = SeededGenerator(seed: Self.seed)
        var names: Set<String> = []
        var bad = 0
        var kills = 0
        let end = Date(timeIntervalSinceNow: Self.seconds)
        while Date() < end {
            let drops = (0..<Int.random(in: 1...8, using: &generator)).map { _ in
                Int.random(in: 0..<10, using: &generator)
            }
            let pause = Int.random(in: 0...250, using: &generator)
            let isKilled = Int.random(in: 0..<4, using: &generator) > 0
            let first = names.count + bad
            for (offset, kind) in drops.enumerated() {
                if kind == 0 { bad += 1 } else { names.insert("S\(first + offset)") }
            }
            kills += isKilled ? 1 : 0
            _ = try await bench.whileRunning(["watch"]) { watch in
                for (offset, kind) in drops.enumerated() {
                    try Self.drop("S\(first + offset)", kind, into: bench)
                }
                try await Task.sleep(for: .milliseconds(pause))
                try watch.signal(isKilled ? SIGKILL : SIGTERM)
            }
        }
        let last = try await bench.coldmint("run")
        #expect([0, 65].contains(last.status), "\(last.errors)")
        try await Self.check(bench, names: names, bad: bad)
        print("soak: \(names.count) licenses, \(bad) refusals, \(kills) kills, seed \(Self.seed)")
    }

    /// A bad drop, one renamed into place, or one written where it lies, with an old mtime or not.
    private static func drop(_ name: String, _ kind: Int, into bench: Workbench) throws {
        let text = request(name, customer: kind % 3)
        let place = "\(bench.path)/inbox/\(name).json"
        switch kind {
        case 0: try bench.drop("{\"name\":\"\(name)\"}", as: "\(name).json")
        case 1...4:
            try bench.drop(text, as: "\(name).json.part")
            try FileManager.default.moveItem(atPath: place + ".part", toPath: place)
        case 5...6:
            try bench.drop(text, as: "\(name).tmp")
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 0)],
                ofItemAtPath: "\(bench.path)/inbox/\(name).tmp")
            try FileManager.default.moveItem(
                atPath: "\(bench.path)/inbox/\(name).tmp", toPath: place)
        default:
            _ = FileManager.default.createFile(atPath: place, contents: nil)
            let writer = try FileHandle(forWritingTo: URL(filePath: place))
            try writer.write(contentsOf: Data(text.utf8.prefix(20)))
            try writer.write(contentsOf: Data(text.utf8.dropFirst(20)))
            try writer.close()
        }
    }
}
