import Foundation
import Support
import Testing

@Suite(.tags(.manyRuns), .long) struct RestoreScenarios {
    /// With two licenses and a backup.
    private static func benchWithBackup() async throws -> Workbench {
        let bench = try await Workbench.withEncryptedStation()
        for name in ["A", "B"] {
            try bench.drop(
                #"{"name":"\#(name)","customer":"a","payload":{}}"#, as: "\(name).json")
            guard try await bench.unlocked("run").status == 0 else {
                throw WorkbenchError(description: "nothing was issued")
            }
        }
        _ = try await bench.coldmint("backup", "backup.tar")
        _ = try await bench.shell("mkdir other")
        return bench
    }

    private static func restore(
        _ bench: Workbench, _ file: String = "backup.tar"
    ) async throws -> Workbench.Answer {
        try await bench.coldmint("--station", "other/station", "restore", file)
    }

    /// Nothing has appeared where the station would be.
    private static func expectNothing(_ bench: Workbench, _ story: String) {
        #expect(bench.names(in: "other/station") == [], "\(story)")
    }

    @Test func `a restored station is the one that was backed up, and goes on`() async throws {
        let bench = try await Self.benchWithBackup()
        let kid = try await bench.keys("active")[0]
        let answer = try await Self.restore(bench)
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(
            answer.output
                == """
                restored into other/station: 2 licenses, last run 2, active key \(kid)
                it issues as https://licenses.example.com, from ../inbox into ../outbox

                """)
        #expect(answer.errors.contains("must not run any more"))
        #expect(answer.errors.contains("what was issued after the backup is not in this ledger"))
        #expect(
            try await bench.shell(
                """
                cd other && stat -c %a station station/keys station/keys/* station/ledger.sqlite
                """
            ).output == "700\n700\n600\n600\n")
        #expect(
            try await bench.shell("cmp station/station.yaml other/station/station.yaml").status == 0
        )
        #expect(bench.names(in: "other") == ["inbox", "outbox", "station"])
        #expect(bench.names(in: "other/inbox") == [".claimed", "accepted", "rejected"])
        for command in [["list", "--json"], ["show", "A"], ["token", "B"], ["keys", "list"]] {
            let before = try await bench.run(Workbench.binary, command)
            let after = try await bench.run(
                Workbench.binary, ["--station", "other/station"] + command)
            #expect(before.output == after.output, "\(command)")
        }
        let audit = try await bench.coldmint("--station", "other/station", "audit")
        #expect(audit.output.hasSuffix("2 no longer in the outbox: all is well\n"))
        try bench.write(#"{"name":"C","customer":"a","payload":{}}"#, to: "other/inbox/c.json")
        let run = try await bench.unlocked("--station", "other/station", "run")
        #expect(run.output.contains("a/a-000003.tar"), "\(run.output)\(run.errors)")
        #expect(try await bench.coldmint("--station", "other/station", "audit").status == 0)
    }

    @Test func `a station that was lost goes on with the folders that are left`() async throws {
        let bench = try await Self.benchWithBackup()
        _ = try await bench.shell("rm -r station")
        #expect(try await bench.coldmint("restore", "backup.tar").status == 0)
        try bench.drop(#"{"name":"C","customer":"a","payload":{}}"#, as: "c.json")
        let run = try await bench.unlocked("run")
        #expect(run.output.contains("a/a-000003.tar"), "\(run.output)\(run.errors)")
        let audit = try await bench.coldmint("audit")
        #expect(audit.output.hasSuffix("0 no longer in the outbox: all is well\n"))
    }

    @Test(arguments: ["touch other/station/x", "cp -r station/. other/station/"])
    func `a restore replaces nothing`(line: String) async throws {
        let bench = try await Self.benchWithBackup()
        _ = try await bench.shell("mkdir -m 700 other/station; \(line)")
        let before = try await bench.state(of: "other")
        let answer = try await Self.restore(bench)
        #expect(answer.status == 73)
        #expect(
            answer.errors.contains("other/station: there is something in it, and a restore"),
            "\(answer.errors)")
        #expect(try await bench.state(of: "other") == before)
    }

    @Test func `an empty folder becomes the station, unless others can write to it`() async throws {
        let bench = try await Self.benchWithBackup()
        _ = try await bench.shell("mkdir -m 777 other/station")
        let refused = try await Self.restore(bench)
        #expect(refused.status == 78)
        #expect(refused.errors.contains("chmod go-w other/station"), "\(refused.errors)")
        _ = try await bench.shell("mkdir -p -m 700 other/station; chmod 700 other/station")
        #expect(try await Self.restore(bench).status == 0)
    }

    @Test func `the folders that station.yaml names are made`() async throws {
        let bench = try await Self.benchWithBackup()
        _ = try await bench.shell("echo 'inbox: ../requests' >>station/station.yaml")
        #expect(try await bench.coldmint("backup", "second.tar").status == 0)
        #expect(try await Self.restore(bench, "second.tar").status == 0)
        #expect(bench.names(in: "other") == ["outbox", "requests", "station"])
    }

    @Test(arguments: [
        ("true >bad.tar", "it ends too soon"),
        ("head -c 20480 backup.tar >bad.tar", "it ends too soon"),
        ("head -c -512 backup.tar >bad.tar", "it ends too soon"),
        ("cp backup.tar bad.tar; head -c 512 /dev/zero >>bad.tar", "something follows its end"),
        ("gzip -c backup.tar >bad.tar", "an entry has no ustar header"),
        ("cp outbox/a/a-000001.tar bad.tar", "than coldmint writes"),
        ("tar --format=ustar -cf bad.tar station", "than coldmint writes"),
        ("cp station/ledger.sqlite bad.tar", "an entry has no ustar header"),
    ]) func `what is no backup is refused`(line: String, reason: String) async throws {
        let bench = try await Self.benchWithBackup()
        _ = try await bench.shell(line)
        let answer = try await Self.restore(bench, "bad.tar")
        #expect(answer.status == 65)
        #expect(answer.errors.contains("bad.tar: not a whole backup of a station"))
        #expect(answer.errors.contains(reason), "\(answer.errors)")
        #expect(bench.names(in: "other") == [])
    }

    @Test func `a backup that is not there is not restored`() async throws {
        let bench = try await Self.benchWithBackup()
        #expect(try await Self.restore(bench, "missing.tar").status == 66)
        #expect(bench.names(in: "other") == [])
    }

    @Test func `no bit of a backup can change unseen`() async throws {
        let bench = try await Self.benchWithBackup()
        let bytes = try bench.readBytes("backup.tar")
        var generator = SystemRandomNumberGenerator()
        let sampled = (0..<40).map { _ in Int.random(in: bytes.indices, using: &generator) }
        for offset in sampled + [0, 156, 511, bytes.count - 1] {
            var changed = bytes
            changed[offset] ^= 1 << (offset % 8)
            try bench.write(changed, to: "bad.tar")
            let answer = try await Self.restore(bench, "bad.tar")
            #expect(answer.status == 65, "byte \(offset): \(answer.errors)")
            Self.expectNothing(bench, "byte \(offset)")
        }
    }

    /// In the form of a backup, but for one thing.
    @Test(arguments: [
        "added", "link", "twice", "mode", "order",
    ]) func `an entry that no backup has is refused`(change: String) async throws {
        let bench = try await Self.benchWithBackup()
        var tar = RawTar(try bench.readBytes("backup.tar"))
        let ledger = try #require(tar.index(of: "ledger.sqlite"))
        let template = tar.entries[ledger + 1]
        switch change {
        case "added":
            tar.entries.insert(template.with(.name, "station/../../x"), at: ledger)
        case "link": tar.entries[ledger] = tar.entries[ledger].with(.type, "2")
        case "twice": tar.entries.insert(tar.entries[ledger], at: ledger)
        case "mode": tar.entries[ledger] = tar.entries[ledger].with(.mode, "000666 \0")
        default: tar.entries.swapAt(ledger, ledger + 1)
        }
        try bench.write(tar.bytes, to: "bad.tar")
        let answer = try await Self.restore(bench, "bad.tar")
        #expect(answer.status == 65, "\(answer.errors)")
        #expect(bench.names(in: "other") == [])
    }

    @Test(
        arguments: [
            ("cp FOREIGN STATION/keys/*", 65, "is damaged, or not the one of its ledger"),
            ("truncate -s 60 STATION/keys/*", 65, "is damaged, or not the one of its ledger"),
            (
                "dd if=/dev/zero of=STATION/ledger.sqlite bs=4096 seek=9 count=3 conv=notrunc", 65,
                "its ledger is damaged"
            ),
            (": >STATION/ledger.sqlite", 65, "its ledger is damaged"),
            ("echo x: 1 >>STATION/station.yaml", 78, "station.yaml in it: there is no setting 'x'"),
        ] as [(String, Int32, String)])
    func `a backup whose parts do not make a station is refused`(
        line: String, status: Int32, reason: String
    ) async throws {
        let bench = try await Self.benchWithBackup()
        try await bench.repack("backup.tar", as: "bad.tar") { station in
            let changed = try await bench.shell(
                line.replacing("STATION", with: station)
                    .replacing("FOREIGN", with: "\(Workbench.fixture)/keys/ed25519-M*"))
            #expect(changed.status == 0, "\(changed.errors)")
        }
        let answer = try await Self.restore(bench, "bad.tar")
        #expect(answer.status == status, "\(answer.errors)")
        #expect(answer.errors.contains("bad.tar: "))
        #expect(answer.errors.contains(reason), "\(answer.errors)")
        Self.expectNothing(bench, line)
    }

    @Test func `a backup that names other sums than its files have is refused`() async throws {
        let bench = try await Self.benchWithBackup()
        try await bench.repack("backup.tar", as: "bad.tar", mendingChecksums: false) { station in
            _ = try await bench.shell("echo '# x' >>\(station)/station.yaml")
        }
        let answer = try await Self.restore(bench, "bad.tar")
        #expect(answer.status == 65)
        #expect(
            answer.errors.contains("the file station/station.yaml in it is not the one that was"),
            "\(answer.errors)")
        Self.expectNothing(bench, "sums")
    }

    @Test(arguments: Workbench.ledgerVersions)
    func `a backup of an earlier version is restored as it is`(version: Int) async throws {
        let bench = try await Workbench.withStation(ofLedgerVersion: version)
        _ = try await bench.shell(
            version < 3 ? "rm station/keys/ed25519-a48cb2-*; mkdir other" : "mkdir other")
        #expect(try await bench.coldmint("backup", "backup.tar").status == 0)
        let answer = try await Self.restore(bench)
        #expect(answer.status == 0, "\(answer.errors)")
        let listed = try await bench.coldmint("--station", "other/station", "list", "--json")
        #expect(listed.output == (try await bench.coldmint("list", "--json").output))
        #expect(try await bench.coldmint("--station", "other/station", "run").status == 0)
        #expect(try await bench.coldmint("--station", "other/station", "audit").status == 0)
    }
}
