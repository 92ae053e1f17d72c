import Support
import Testing

@Suite(.tags(.manyRuns), .long) struct RotationScenarios {
    private static func order(_ name: String) -> String {
        #"{"name":"\#(name)","customer":"acme","payload":{"seats":5}}"#
    }

    private static func issue(_ bench: Workbench, _ name: String) async throws {
        try bench.drop(order(name), as: "\(name).json")
        let run = try await bench.unlocked("run")
        #expect(run.status == 0, "\(run.errors)")
    }

    private static func keysInBundle(_ bench: Workbench, _ run: Int) async throws -> [String] {
        let tar = "outbox/acme/acme-00000\(run).tar"
        let set = try await bench.shell("tar -xOf \(tar) acme-00000\(run)/jwks.json")
        return try set.json()["keys"].elements.compactMap { $0["kid"].string }
    }

    @Test func `a key is learnt before it signs, signs, and is ended without breaking a license`()
        async throws
    {
        let bench = try await Workbench.withEncryptedStation()
        try await Self.issue(bench, "A")
        let first = try #require(try await bench.keys("active").first)
        let generated = try await bench.unlocked("keys", "generate")
        let second = String(generated.output.dropLast())
        #expect(try await bench.keys("standby") == [second])
        try await Self.issue(bench, "B")
        #expect(try await Self.keysInBundle(bench, 2) == [first, second])

        #expect(try await bench.unlocked("keys", "activate", second).status == 0)
        try await Self.issue(bench, "C")
        #expect(try await Self.keysInBundle(bench, 3) == [second, first])
        #expect(try await bench.coldmint("keys", "retire", first).status == 0)
        #expect(bench.names(in: "station/keys") == ["ed25519-\(second).key"])
        try await Self.issue(bench, "D")
        #expect(try await Self.keysInBundle(bench, 4) == [second])

        try bench.drop(#"{"action":"deliver","customer":"acme"}"#, as: "deliver.json")
        #expect(try await bench.unlocked("run").status == 0)
        #expect(try await Self.keysInBundle(bench, 5) == [second, first])
        let verified = try await bench.shell("\(Workbench.binary) verify outbox/acme/*.tar")
        #expect(verified.status == 0, "\(verified.output)")
        #expect(try await bench.coldmint("audit").status == 0)

        let history = try await bench.coldmint("keys", "list", "--json").json()[0]["history"]
        #expect(
            history.elements.compactMap { $0["event"].string } == [
                "generated", "activated", "deactivated", "retired",
            ])
    }

    @Test func `what cannot be is refused, and says what to do`() async throws {
        let bench = try await Workbench.withEncryptedStation()
        let first = try #require(try await bench.keys("active").first)
        let cases: [([String], Int32, String)] = [
            (["retire", first], 64, "activate another before retiring it"),
            (["activate", first], 64, "is the active one already"),
            (["activate", "nothing"], 66, "'coldmint keys list' shows all"),
            (["retire", "nothing"], 66, "'coldmint keys list' shows all"),
            (["export", "nothing"], 66, "'coldmint keys list' shows all"),
            (["generate"], 77, "a passphrase is needed"),
            (["import", "nowhere.pem"], 66, "nowhere.pem"),
        ]
        for (arguments, status, hint) in cases {
            let answer = try await bench.run(Workbench.binary, ["keys"] + arguments)
            #expect(answer.status == status, "\(arguments): \(answer.errors)")
            #expect(answer.errors.contains(hint), "\(arguments): \(answer.errors)")
        }
        let second = try await bench.unlocked("keys", "generate").output.dropLast()
        #expect(try await bench.unlocked("keys", "activate", String(second)).status == 0)
        #expect(try await bench.coldmint("keys", "retire", first).status == 0)
        let again = try await bench.unlocked("keys", "activate", first)
        #expect(again.status == 64)
        #expect(again.errors.contains("never comes back"))
    }

    @Test func `the beginning of a thumbprint is enough where it is one key's`() async throws {
        let bench = try await Workbench.withEncryptedStation()
        let second = try await bench.unlocked("keys", "generate").output.dropLast()
        let short = String(second.prefix(12))
        #expect(try await bench.unlocked("keys", "activate", short).status == 0)
        #expect(try await bench.keys("active") == [String(second)])
        let none = try await bench.coldmint("keys", "export", "")
        #expect(none.status == 64)
        #expect(none.errors.contains("is the beginning of 2 keys"))
    }

    @Test func `a watch takes another key up with its next run`() async throws {
        let bench = try await Workbench.withEncryptedStation()
        let stopped = try await bench.whileRunning(
            ["watch", "--passphrase-file", "passphrase"]
        ) { watch in
            for (place, name) in ["A", "B", "C"].enumerated() {
                try bench.drop(Self.order(name), as: "\(name).json")
                try await bench.wait(for: "receipt of \(name)") {
                    try bench.receipts(of: "\(name).json").count == 1
                }
                guard place < 2 else { break }
                let old = try await bench.keys("active")
                let key = try await bench.unlocked("keys", "generate").output.dropLast()
                #expect(try await bench.unlocked("keys", "activate", String(key)).status == 0)
                #expect(try await bench.coldmint("keys", "retire", old[0]).status == 0)
            }
            try watch.terminate()
        }
        #expect(stopped.status == 0, "\(stopped.errors)")
        let kids = try await bench.coldmint("list", "--json").json().elements
            .compactMap { $0["kid"].string }
        let keys = try await bench.coldmint("keys", "list", "--json").json().elements
        #expect(kids == keys.compactMap { $0["kid"].string })
        #expect(keys.compactMap { $0["state"].string } == ["retired", "retired", "active"])
    }

    @Test func `a run that was cut off is finished with its own key`() async throws {
        let bench = try await Workbench.withEncryptedStation()
        let first = try #require(try await bench.keys("active").first)
        _ = try await bench.shell("mkdir outbox/acme && echo junk >outbox/acme/acme-000001.tar")
        try bench.drop(Self.order("A"), as: "A.json")
        #expect(try await bench.unlocked("run").status == 74)
        let second = try await bench.unlocked("keys", "generate").output.dropLast()
        #expect(try await bench.unlocked("keys", "activate", String(second)).status == 0)
        let early = try await bench.coldmint("keys", "retire", first)
        #expect(early.status == 75)
        #expect(early.errors.contains("run 1 was cut off and needs the key"))
        _ = try await bench.shell("rm outbox/acme/acme-000001.tar")
        #expect(try await bench.unlocked("run").status == 0)
        #expect(try await Self.keysInBundle(bench, 1) == [first])
        #expect(try await bench.coldmint("keys", "retire", first).status == 0)
        #expect(try await bench.coldmint("audit").status == 0)
    }

    @Test func `a key of elsewhere is imported once, and signs when it is activated`() async throws
    {
        let bench = try await Workbench.withEncryptedStation()
        _ = try await bench.shell("umask 077; openssl genpkey -algorithm ed25519 -out vendor.pem")
        let imported = try await bench.unlocked("keys", "import", "vendor.pem")
        #expect(imported.status == 0, "\(imported.errors)")
        let kid = String(imported.output.dropLast())
        #expect(
            try bench.read("station/keys/ed25519-\(kid).key").hasPrefix("coldmint private key 1"))
        #expect(try await bench.unlocked("keys", "activate", "--", kid).status == 0)
        try await Self.issue(bench, "A")
        let compared = try await bench.shell(
            """
            cmp <(openssl pkey -in vendor.pem -pubout) \
                <(tar -xOf outbox/acme/acme-000001.tar acme-000001/public-key.pem)
            """)
        #expect(compared.status == 0, "\(compared.errors)")
        let again = try await bench.unlocked("keys", "import", "vendor.pem")
        #expect(again.status == 73)
        #expect(again.errors.contains("the station has had this key"))
    }
}
