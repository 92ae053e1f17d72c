import Support
import Testing

/// `log export`, whose tiles are recomputed from its entries by another program.
@Suite(.tags(.manyRuns), .long) struct ExportScenarios {
    /// Reads the folder `pub` as c2sp.org/tlog-tiles says, and prints how many entries it has.
    private static let check = #"""
        import base64, hashlib, json
        def leaf(entry): return hashlib.sha256(b"\0" + entry).digest()
        def node(left, right): return hashlib.sha256(b"\1" + left + right).digest()
        def root(hashes):
            if len(hashes) == 1: return hashes[0]
            k = 1
            while 2 * k < len(hashes): k *= 2
            return node(root(hashes[:k]), root(hashes[k:]))
        def tiles(count):
            for number in range((count + 255) // 256):
                width = min(256, count - 256 * number)
                path = "x%03d/" % (number // 1000) if number >= 1000 else ""
                yield f"{path}{number % 1000:03d}" + (f".p/{width}" if width < 256 else "")
        origin, size, head = open("pub/checkpoint").read().split("\n")[:3]
        size, entries = int(size), []
        for tile in tiles(size):
            rest = open(f"pub/tile/entries/{tile}", "rb").read()
            while rest:
                length = int.from_bytes(rest[:2], "big")
                entries.append(rest[2:2 + length])
                rest = rest[2 + length:]
        assert len(entries) == size, len(entries)
        for entry in entries: json.loads(entry)
        hashes = [leaf(entry) for entry in entries]
        assert base64.b64encode(root(hashes)).decode() == head
        level = 0
        while hashes:
            found = b"".join(open(f"pub/tile/{level}/{tile}", "rb").read() for tile in tiles(len(hashes)))
            assert found == b"".join(hashes), level
            hashes = [root(hashes[i:i + 256]) for i in range(0, len(hashes) - 255, 256)]
            level += 1
        open("count", "w").write(f"{size} {level}")
        """#

    private static func checked(_ bench: Workbench) async throws -> String {
        try await bench.python(check)
        return try bench.read("count")
    }

    /// Names, times and digests of the full tiles.
    private static func fullTiles(_ bench: Workbench) async throws -> String {
        try await bench.succeed(
            "find pub -type f -not -path '*.p/*' -not -name checkpoint -printf '%p %i %T@\\n' | sort"
        )
    }

    @Test func `an export is whole, and the next one adds to it only what is new`() async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.succeed(
            """
            for i in $(seq 290); do
                echo "{\\"name\\":\\"N$i\\",\\"customer\\":\\"a\\",\\"payload\\":{}}" >inbox/$i.json
            done
            coldmint run
            """)
        let first = try await bench.coldmint("log", "export", "pub", "--json")
        #expect(first.status == 0, "\(first.errors)")
        // Two of leaves, two of entries, and one above.
        #expect(try first.json()["files"].integer == 5)
        #expect(try await Self.checked(bench) == "294 2")
        let full = try await Self.fullTiles(bench)
        #expect(full.contains("pub/tile/0/000 ") && full.contains("pub/tile/entries/000 "))

        try await bench.issue("later")
        // What no head covers yet is not exported.
        #expect(try await bench.coldmint("keys", "generate").status == 0)
        let second = try await bench.coldmint("log", "export", "pub")
        #expect(second.output.contains(": 296 entries exported, 2 new files"), "\(second.errors)")
        #expect(try await Self.checked(bench) == "296 2")
        #expect(try await Self.fullTiles(bench) == full)
        let third = try await bench.coldmint("log", "export", "pub")
        #expect(third.output.contains("0 new files"))
        #expect(try bench.read("pub/checkpoint") == (try bench.read("outbox/checkpoint")))
    }

    @Test func `an export that was cut off is finished by the next one`() async throws {
        let bench = try await Workbench.withStation()
        try await bench.issue("A")
        _ = try await bench.succeed(
            """
            coldmint log export pub
            rm pub/checkpoint pub/tile/0/000.p/*
            : >pub/.checkpoint.part
            printf x >pub/tile/entries/000.p/5
            coldmint log export pub
            """)
        #expect(try await Self.checked(bench) == "5 1")
        #expect(bench.names(in: "pub") == ["checkpoint", "tile"])
    }

    @Test func `a folder that no export of this log has made stays as it is`() async throws {
        let bench = try await Workbench.withStation()
        try await bench.issue("A")
        _ = try await bench.succeed(
            """
            mkdir mine empty; echo hello >mine/file
            mkdir other; coldmint --station other/station init --issuer https://other.example.com --no-passphrase
            echo '{"name":"A","customer":"a","payload":{}}' >other/inbox/a.json
            coldmint --station other/station run; coldmint --station other/station log export theirs
            mkdir odd; echo odd >odd/checkpoint
            coldmint log export empty
            """)
        #expect(bench.names(in: "empty") == ["checkpoint", "tile"])
        let before = try await bench.state(of: "theirs")
        let cases: [(String, Int32, String)] = [
            ("mine", 73, "has file in it"), ("theirs", 73, "is of another log"),
            ("odd", 73, "no checkpoint"), ("mine/file", 74, "mine/file"),
            ("no/such/folder", 73, "no/such/folder"),
        ]
        for (folder, status, hint) in cases {
            try await bench.expect("coldmint log export \(folder)", status, saying: hint)
        }
        #expect(bench.names(in: "mine") == ["file"])
        #expect(try await bench.state(of: "theirs") == before)
    }

    @Test func `a log that was changed is not exported`() async throws {
        let bench = try await Workbench.withStation()
        try await bench.issue("A")
        try await bench.python(
            """
            ledger = sqlite3.connect("station/ledger.sqlite")
            ledger.execute("DROP TRIGGER log_entry_is_immutable")
            ledger.execute("UPDATE log_entry SET text = replace(text, 'accepted', 'rejected')")
            ledger.commit()
            """)
        try await bench.expect("coldmint log export pub", 74, saying: "'coldmint audit' says more")
        #expect(!bench.names(in: "pub").contains("checkpoint"))
    }
}
