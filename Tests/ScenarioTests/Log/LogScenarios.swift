import Support
import Testing

/// What `log` prints of the log.
@Suite(.tags(.manyRuns), .long) struct LogScenarios {
    @Test func `a station that has issued nothing has a log, keys for it, and no head`()
        async throws
    {
        let bench = try await Workbench.withStation()
        for command in ["checkpoint", "prove a-000001", "export pub"] {
            try await bench.expect(
                "coldmint log \(command)", 66,
                saying:
                    "the log has no signed head yet: the next run that issues something signs one")
        }
        #expect(!bench.names(in: "").contains("pub"))
        let keys = try await bench.coldmint("log", "checkpoint", "--vkey").output
        #expect(keys.hasPrefix("licenses.example.com/") && keys.hasSuffix("\n"))
        let shown = try await bench.coldmint("log", "show").output.split(separator: "\n")
        #expect(shown.count == 5)
        #expect(shown.first?.hasSuffix(", 2 entries") == true)
        #expect(shown.last?.hasPrefix(#"1  {"type":"key","#) == true)
    }

    @Test func `the newest head is printed as it lies in the outbox`() async throws {
        let bench = try await Workbench.withStation()
        for name in ["A", "B"] {
            try await bench.issue(name)
            let printed = try await bench.coldmint("log", "checkpoint").output
            #expect(printed == (try bench.read("outbox/checkpoint")))
        }
    }

    @Test func `keys that may sign heads are printed, the active one first`() async throws {
        let bench = try await Workbench.withStation()
        let first = try await bench.coldmint("log", "checkpoint", "--vkey").output
        let second = try await bench.coldmint("keys", "generate").output.dropLast()
        let both = try await bench.coldmint("log", "checkpoint", "--vkey").output
        #expect(both.hasPrefix(first))
        _ = try await bench.succeed("coldmint keys activate --yes -- \(second)")
        let turned = try await bench.coldmint("log", "checkpoint", "--vkey").output
        #expect(turned.hasSuffix(first) && turned.split(separator: "\n").count == 2)
        let old = try await bench.keys("standby")
        _ = try await bench.succeed("coldmint keys retire --yes -- \(old[0])")
        let last = try await bench.coldmint("log", "checkpoint", "--vkey").output
        #expect(turned == last + first)
    }

    @Test func `entries are shown from a number on, and as many as are asked for`() async throws {
        let bench = try await Workbench.withStation()
        try await bench.issue("A")
        let all = try await bench.coldmint("log", "show", "--from", "0", "--json").json()
        #expect(all["summary"]["entries"].integer == 5)
        #expect(all["summary"]["head"]["run"].integer == 1)
        let entries = all["entries"].elements
        #expect(entries.compactMap { $0["number"].integer } == [0, 1, 2, 3, 4])
        #expect(
            entries.compactMap { $0["entry"]["type"].string } == [
                "key", "key", "policy", "drop", "bundle",
            ])
        let two = try await bench.coldmint("log", "show", "--limit", "2").output
        #expect(two.split(separator: "\n").suffix(2).map { $0.prefix(3) } == ["3  ", "4  "])
        #expect(
            try await bench.coldmint("log", "show", "--limit", "0").output.contains("5 entries"))
        for wrong in ["--limit -1", "--from -1", "--from x"] {
            #expect(try await bench.log("coldmint log show \(wrong)").status == 64, "\(wrong)")
        }
    }

    @Test func `a log of an earlier version says since when it is one`() async throws {
        let bench = try await Workbench.withStation(ofLedgerVersion: 1)
        let shown = try await bench.coldmint("log", "show").output
        #expect(shown.contains(", what was recorded before was entered then"), "\(shown)")
    }

    @Test func `a proof is of a bundle, its tar, or the first bundle of a license`() async throws {
        let bench = try await Workbench.withStation()
        try await bench.issue("A")
        try await bench.issue("acme-000001", for: "other")
        try bench.drop(#"{"action":"deliver","customer":"acme"}"#, as: "d.json")
        _ = try await bench.succeed("coldmint run")
        let proof = try await bench.coldmint("log", "prove", "acme-000001").output
        #expect(proof.hasPrefix("c2sp.org/tlog-proof@v1\nextra "))
        #expect(proof.hasSuffix(try bench.read("outbox/checkpoint")))
        let id = try await bench.coldmint("show", "A", "--json").json()["id"].string ?? ""
        for item in ["outbox/acme/acme-000001.tar", "acme-000001.tar", "A", id] {
            let same = try await bench.coldmint("log", "prove", item).output
            #expect(same == proof, "\(item)")
        }
        _ = try await bench.succeed("coldmint log prove acme-000003 -o proof")
        #expect(try bench.read("proof") != proof)
        let entry = try await bench.succeed("sed -n 's/^extra //p' proof | base64 -d")
        #expect(try JSONTree(entry)["bundle"].string == "acme-000003")
        for (item, hint) in [
            ("acme-000009.tar", "no bundle of this name"),
            ("acme-000009", "no license with the id"),
        ] {
            try await bench.expect("coldmint log prove \(item)", 66, saying: hint)
        }
        try await bench.expect("coldmint log prove A -o no/such", 74, saying: "no")
    }

    @Test func `what is older than a checkpoint, or no checkpoint, is told in words`() async throws
    {
        let bench = try await Workbench.withStation()
        try await bench.issue("A")
        _ = try await bench.succeed(
            "cp station/ledger.sqlite older.sqlite; cp outbox/checkpoint old")
        try await bench.issue("B")
        _ = try await bench.succeed(
            """
            cp outbox/checkpoint new; head -c 4000 outbox/acme/acme-000001.tar >cut.tar
            cmp <(coldmint log consistency outbox/acme/acme-000001.tar) \
                <(coldmint log consistency old)
            coldmint log consistency - <old | head -n 1 | grep -qx 'old 5'
            sed 's/^licenses/license/' old >other; sed '$s/.....$/AAAA=/' old >forged
            """)
        let cases: [(String, Int32, String)] = [
            ("other", 65, "is of another log"),
            ("forged", 65, "is signed by a key that this ledger"),
            ("nowhere", 66, "nowhere"), ("station/station.yaml", 65, "no checkpoint"),
            ("cut.tar", 65, "not a sound bundle"),
        ]
        for (file, status, hint) in cases {
            try await bench.expect("coldmint log consistency \(file)", status, saying: hint)
        }
        _ = try await bench.succeed("cp older.sqlite station/ledger.sqlite")
        try await bench.expect(
            "coldmint log consistency new", 65,
            saying: "has 7 entries, and this ledger's log only 5")
    }
}
