import Foundation
import Support
import Testing

private let request = #"{"name":"A","customer":"a","payload":{"seats":5}}"#

@Suite(.tags(.manyRuns), .long) struct BackupScenarios {
    private static func benchWithLicense() async throws -> Workbench {
        let bench = try await Workbench.withStation()
        try bench.drop(request, as: "a.json")
        guard try await bench.coldmint("run").status == 0 else {
            throw WorkbenchError(description: "nothing was issued")
        }
        return bench
    }

    @Test func `a backup is a plain tar of the station that only its owner can read`() async throws
    {
        let bench = try await Self.benchWithLicense()
        let kid = try await bench.keys("active")[0]
        let answer = try await bench.coldmint("backup", "backup.tar")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(
            answer.output
                == "backed up into backup.tar: 1 license, last run 1, active key \(kid)\n")
        #expect(
            answer.errors.contains(
                "the private keys in backup.tar are not encrypted: whoever can read it"))
        #expect(try await bench.shell("stat -c %a backup.tar").output == "600\n")
        let listed = try await bench.shell("tar -tvf backup.tar | awk '{print $1, $2, $NF}'")
        #expect(
            listed.output == """
                drwx------ 0/0 station/
                drwx------ 0/0 station/keys/
                -rw------- 0/0 station/keys/ed25519-\(kid).key
                -rw------- 0/0 station/ledger.sqlite
                -rw------- 0/0 station/station.yaml
                -rw------- 0/0 station/SHA256SUMS

                """)
        let unpacked = try await bench.shell(
            """
            mkdir other && cd other && tar -xf ../backup.tar && cd station &&
                sha256sum --strict -c SHA256SUMS && cmp station.yaml ../../station/station.yaml &&
                cmp keys/* ../../station/keys/*
            """)
        #expect(unpacked.status == 0, "\(unpacked.errors)")
        // Without this program at hand, tar alone brings the station back.
        _ = try await bench.shell("mkdir other/inbox other/outbox")
        let run = try await bench.coldmint("--station", "other/station", "run")
        #expect(run.status == 0, "\(run.errors)")
    }

    @Test func `a backup takes no other file's place`() async throws {
        let bench = try await Self.benchWithLicense()
        _ = try await bench.shell("echo precious >backup.tar; ln -s nowhere link.tar")
        for file in ["backup.tar", "link.tar"] {
            let answer = try await bench.coldmint("backup", file)
            #expect(answer.status == 73)
            #expect(answer.errors.contains("\(file): there is one already: name another file"))
        }
        #expect(try bench.read("backup.tar") == "precious\n")
        #expect(bench.names(in: "") == ["backup.tar", "inbox", "link.tar", "outbox", "station"])
    }

    @Test(
        arguments: [
            ("-", 64, "a backup goes into a file: name one"),
            ("..", 64, "a backup goes into a file: name one"),
            ("nowhere/backup.tar", 73, "nowhere: there is no such file or folder: make the folder"),
        ] as [(String, Int32, String)])
    func `a place where no backup can be is refused`(
        file: String, status: Int32, message: String
    ) async throws {
        let bench = try await Self.benchWithLicense()
        let answer = try await bench.coldmint("backup", file)
        #expect(answer.status == status)
        #expect(answer.errors.contains(message), "\(answer.errors)")
        #expect(bench.names(in: "") == ["inbox", "outbox", "station"])
    }

    @Test(
        arguments: [
            ("rm station/keys/*", 77, "the private key is missing"),
            ("rm station/ledger.sqlite", 78, "station/ledger.sqlite: the ledger is missing"),
            ("echo x: 1 >>station/station.yaml", 78, "there is no setting 'x'"),
            (
                "dd if=/dev/zero of=station/ledger.sqlite bs=4096 seek=9 count=3 conv=notrunc", 74,
                "station/ledger.sqlite: it is damaged"
            ),
        ] as [(String, Int32, String)])
    func `what could not be restored is not backed up`(
        change: String, status: Int32, message: String
    ) async throws {
        let bench = try await Self.benchWithLicense()
        _ = try await bench.shell(change)
        let answer = try await bench.coldmint("backup", "backup.tar")
        #expect(answer.status == status, "\(answer.errors)")
        #expect(answer.errors.contains(message), "\(answer.errors)")
        #expect(bench.names(in: "") == ["inbox", "outbox", "station"])
    }

    @Test func `a backup waits for a run that is at work, and no run begins meanwhile`()
        async throws
    {
        let bench = try await Self.benchWithLicense()
        let answer = try await bench.shell(
            """
            flock station/lock sh -c 'sleep 1; echo released' & sleep 0.3
            \(Workbench.binary) backup backup.tar; wait
            """)
        #expect(answer.status == 0)
        #expect(answer.output.hasPrefix("released\nbacked up"), "\(answer.output)")
    }

    @Test func `configuration is read through a link`() async throws {
        let bench = try await Self.benchWithLicense()
        _ = try await bench.shell("mv station/station.yaml . && ln -s ../station.yaml station/")
        #expect(try await bench.coldmint("backup", "backup.tar").status == 0)
        let text = try await bench.shell("tar -xOf backup.tar station/station.yaml")
        #expect(text.output == (try bench.read("station.yaml")))
    }

    /// The ledger knows the new key, whose file has not its name yet.
    @Test(.needsStrace) func `a key whose command was cut off is in the backup under its name`()
        async throws
    {
        let bench = try await Self.benchWithLicense()
        let killed = try await bench.shell(
            """
            strace -f -o log -e trace=renameat2 -e inject=renameat2:signal=KILL:when=1 \
                \(Workbench.binary) keys generate --yes
            """)
        #expect(killed.status == 137)
        let standby = try #require(try await bench.keys("standby").first)
        #expect(bench.names(in: "station/keys").contains(".ed25519-\(standby).key.part"))
        let answer = try await bench.coldmint("backup", "backup.tar")
        #expect(answer.status == 0, "\(answer.errors)")
        _ = try await bench.shell("mkdir other")
        let restored = try await bench.coldmint(
            "--station", "other/station", "restore", "backup.tar")
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(bench.names(in: "other/station/keys").contains("ed25519-\(standby).key"))
        #expect(try await bench.coldmint("--station", "other/station", "audit").status == 0)
    }

    @Test func `an encrypted key stays as it is, and is not warned of`() async throws {
        let bench = try await Workbench.withEncryptedStation()
        let answer = try await bench.coldmint("backup", "backup.tar")
        #expect(answer.status == 0)
        #expect(answer.errors == "")
        #expect(
            try await bench.shell(
                "tar -xf backup.tar --one-top-level=o && cmp station/keys/* o/station/keys/*"
            ).status == 0)
    }
}

/// Backups that are taken while a watch issues.
@Suite(.tags(.soak), .long) struct WatchedBackupScenarios {
    private static let backupCount = 12
    private static let dropsForEachBackup = 10

    @Test func `each backup that is taken while a watch issues is a whole station`() async throws {
        let bench = try await Workbench.withStation()
        let watch = try await bench.whileRunning(["watch"]) { watch in
            try await bench.wait(for: "the watch") { watch.isWatching }
            for number in 0..<Self.backupCount {
                // The backup is made while the watch is at work on these.
                try Self.drop(number, into: bench)
                let backup = try await bench.coldmint("backup", "\(number).tar")
                #expect(backup.status == 0, "\(backup.errors)")
                try await bench.wait(for: "receipts", seconds: 120) {
                    bench.names(in: "inbox/accepted").count
                        == 2 * (number + 1) * Self.dropsForEachBackup
                }
            }
            try watch.terminate()
        }
        #expect(watch.status == 0, "\(watch.errors)")
        let all = try await Self.tokens(bench, "station")
        #expect(all.count == Self.backupCount * Self.dropsForEachBackup)
        var counts: [Int] = []
        for number in 0..<Self.backupCount {
            let station = "\(number)/station"
            _ = try await bench.shell("mkdir \(number)")
            let restored = try await bench.coldmint(
                "--station", station, "restore", "\(number).tar")
            #expect(restored.status == 0, "\(restored.errors)")
            let audit = try await bench.coldmint("--station", station, "audit")
            #expect(audit.status == 0, "\(audit.output)")
            let tokens = try await Self.tokens(bench, station)
            #expect(tokens.allSatisfy { all[$0.key] == $0.value })
            counts.append(tokens.count)
        }
        #expect(counts == counts.sorted())
        #expect(Set(counts).count > 2, "the backups saw \(counts) licenses")
        #expect(try await bench.coldmint("audit").status == 0)
    }

    private static func drop(_ portion: Int, into bench: Workbench) throws {
        for number in portion * dropsForEachBackup..<(portion + 1) * dropsForEachBackup {
            try bench.drop(
                #"{"name":"\#(number)","customer":"c\#(number % 5)","payload":{}}"#,
                as: "\(number).json")
        }
    }

    /// The tokens of a station by the names of their licenses.
    private static func tokens(
        _ bench: Workbench, _ station: String
    ) async throws -> [String: String] {
        try await bench.python(
            """
            ledger = sqlite3.connect("\(station)/ledger.sqlite")
            open("tokens", "w").writelines(
                f"{name} {token}\\n" for name, token in ledger.execute(
                    "SELECT name, token FROM license"))
            """)
        return Dictionary(
            try bench.read("tokens").split(separator: "\n").map { line in
                let words = line.split(separator: " ").map(String.init)
                return (words[0], words[1])
            }, uniquingKeysWith: { first, _ in first })
    }
}
