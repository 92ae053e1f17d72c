import Support
import Testing

/// An auditor's cosignature, from their machine into a customer's bundle.
@Suite(.tags(.manyRuns), .long) struct WitnessScenarios {
    /// A station whose log an auditor has cosigned after the first run, as shell.
    private static func benchWithWitness() async throws -> Workbench {
        let bench = try await Workbench.withStation()
        try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "a.json")
        _ = try await bench.coldmint("run")
        let made = try await bench.shell(
            """
            set -e
            openssl genpkey -algorithm ed25519 -out me.pem
            c=\(Workbench.binary)
            $c log checkpoint --vkey >log-key
            $c log checkpoint >head
            $c log cosign --key me.pem --name me.example.org --log-key "$(cat log-key)" \
                --seen seen --first head >cosigned
            $c log witness-key --key me.pem --name me.example.org >vkey
            $c log add-cosignature --witness "$(cat vkey)" cosigned
            """)
        try #require(made.status == 0, "\(made.errors)")
        return bench
    }

    private static func verify(_ file: String, in bench: Workbench) async throws -> Workbench.Answer
    {
        try await bench.shell(
            "'\(Workbench.verifier)' '\(file)' --json --witness \"$(cat vkey)\"")
    }

    @Test func `a cosignature travels in the bundles of the runs after it`() async throws {
        let bench = try await Self.benchWithWitness()
        try bench.drop(#"{"name":"B","customer":"a","payload":{}}"#, as: "b.json")
        _ = try await bench.coldmint("run")
        let verified = try await Self.verify("outbox/a/a-000002.tar", in: bench)
        #expect(verified.status == 0, "\(verified.errors)")
        let log = try verified.json()[0]["log"]
        let cosigned = log["cosigned"].elements
        #expect(cosigned.map { $0["name"].string } == ["me.example.org"])
        #expect((cosigned.first?["size"].integer ?? .max) < (log["size"].integer ?? 0))
        #expect(try await Self.verify("outbox/a/a-000001.tar", in: bench).status == 65)
    }

    @Test func `a retired key holds no bundle back, and is handed out with no other`() async throws
    {
        let bench = try await Self.benchWithWitness()
        let old = try await bench.coldmint("keys", "list", "--json").json()[0]["kid"].string ?? ""
        _ = try await bench.coldmint("keys", "generate")
        let keys = try await bench.coldmint("keys", "list", "--json").json().elements
        let new = try #require(keys.compactMap { $0["kid"].string }.first { $0 != old })
        _ = try await bench.coldmint("keys", "activate", new)
        _ = try await bench.coldmint("keys", "retire", old)
        try bench.drop(#"{"name":"B","customer":"b","payload":{}}"#, as: "b.json")
        try bench.drop(#"{"action":"deliver","customer":"a"}"#, as: "a.json")
        let run = try await bench.coldmint("run")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try await Self.verify("outbox/a/a-000002.tar", in: bench).status == 0)
        #expect(try await Self.verify("outbox/b/b-000002.tar", in: bench).status == 65)
        #expect(try await bench.coldmint("verify", "outbox/b/b-000002.tar").status == 0)
        try await bench.unpack("b/b-000002.tar", into: ".")
        #expect(try !bench.read("b-000002/jwks.json").contains(old))
    }
}
