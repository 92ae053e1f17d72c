import Support
import Testing

/// A run with so much to do that it writes bundles on all processors at once; there, which system
/// call is the nth is not the same each time, and so it is killed by the clock.
@Suite(.tags(.manyBundles), .long) struct ManyBundlesTests {
    private static let customers = 40
    private static let licenses = 2400

    private static func requests() -> String {
        let all = (0..<licenses).map {
            #"{"name":"L\#($0)","customer":"c\#($0 % customers)","payload":{"seats":\#($0)}}"#
        }
        return "[\(all.joined(separator: ","))]"
    }

    @Test func `bundles that are written side by side survive a kill at any moment`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(Self.requests(), as: "all.json")
        var kills = 0
        var status: Int32 = 137
        var seconds = 0.3
        while true {
            let answer = try await bench.shell(
                "timeout -s KILL \(seconds) \(Workbench.binary) run")
            status = answer.status
            // Longer each time, so that it comes to an end on the slowest machine.
            seconds *= 1.2
            // One that was killed may take a moment to die, and holds the lock until then.
            guard [137, 75].contains(status) else { break }
            if status == 137 { kills += 1 }
            try await bench.keepCheckpoints("after \(kills) kills")
        }
        #expect(status == 0)
        #expect(kills > 2)
        let list = try await bench.coldmint("list", "--json", "--limit", "100000").json()
        #expect(list.elements.count == Self.licenses)
        let drafts = try await bench.shell("find . -name '*.part'")
        #expect(drafts.output == "")
        let verified = try await bench.shell("\(Workbench.binary) verify --json outbox/*/*.tar")
        #expect(verified.status == 0)
        let bundles = try verified.json().elements
        #expect(bundles.count == Self.customers)
        let delivered = bundles.flatMap { $0["licenses"].elements.compactMap { $0["id"].string } }
        #expect(delivered.count == Self.licenses)
        #expect(Set(delivered) == Set(list.elements.compactMap { $0["id"].string }))
        try await bench.expectKnowsAllCheckpoints("in the end")
    }

    @Test func `what is wrong with one customer's place does not keep the others from theirs`()
        async throws
    {
        let bench = try await Workbench.withStation()
        try bench.drop(Self.requests(), as: "all.json")
        _ = try await bench.shell("touch outbox/c7")
        #expect(try await bench.coldmint("run").status == 74)
        #expect(
            try await bench.shell("ls outbox/*/*.tar | wc -l").output == "\(Self.customers - 1)\n")
        _ = try await bench.shell("rm outbox/c7")
        #expect(try await bench.coldmint("run").status == 0)
        #expect(try await bench.shell("ls outbox/*/*.tar | wc -l").output == "\(Self.customers)\n")
    }
}
