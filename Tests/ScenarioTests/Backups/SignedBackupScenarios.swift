import Foundation
import Support
import Testing

/// Backups of a station that wants its drops signed.
@Suite(.tags(.manyRuns), .long) struct SignedBackupScenarios {
    /// With a license that Alice has asked for. Her key is in `alice`; that of Mallory, whom nobody
    /// lets ask, in `mallory`.
    private static func benchWithLicense() async throws -> Workbench {
        let bench = try Workbench()
        let made = try await bench.shell(
            """
            umask 022
            for who in alice mallory; do ssh-keygen -q -t ed25519 -N '' -C '' -f $who; done
            echo "alice@example.com $(cat alice.pub)" >people
            \(Workbench.binary) init --issuer https://licenses.example.com --no-passphrase \
                --signers people
            mkdir other
            """)
        try #require(made.status == 0, "\(made.errors)")
        try await drop("A", into: "inbox", signedBy: "alice", bench)
        let run = try await bench.coldmint("run")
        try #require(run.output.contains("1 license issued"), "\(run.output)\(run.errors)")
        return bench
    }

    private static func benchWithBackup() async throws -> Workbench {
        let bench = try await benchWithLicense()
        let backup = try await bench.coldmint("backup", "backup.tar")
        try #require(backup.status == 0, "\(backup.errors)")
        return bench
    }

    private static func drop(
        _ name: String, into inbox: String, signedBy person: String, _ bench: Workbench
    ) async throws {
        try bench.write(#"{"name":"\#(name)","customer":"a","payload":{}}"#, to: "\(name).json")
        let signed = try await bench.shell(
            """
            ssh-keygen -q -Y sign -n coldmint-request@licenses.example.com -f \(person) \
                \(name).json && mv \(name).json* \(inbox)/
            """)
        try #require(signed.status == 0, "\(signed.errors)")
    }

    private static func restore(
        _ bench: Workbench, _ file: String = "backup.tar"
    ) async throws -> Workbench.Answer {
        try await bench.shell(
            "umask 022; \(Workbench.binary) --station other/station restore \(file)")
    }

    private static func run(_ bench: Workbench) async throws -> Workbench.Answer {
        try await bench.coldmint("--station", "other/station", "run", "--json")
    }

    @Test func `the list of signers is in the backup, with its checksum`() async throws {
        let bench = try await Self.benchWithLicense()
        let backup = try await bench.coldmint("backup", "backup.tar")
        #expect(backup.status == 0, "\(backup.errors)")
        #expect(backup.output.hasSuffix(", 1 person who may ask\n"), "\(backup.output)")
        let listed = try await bench.shell(
            "tar -tvf backup.tar | awk '{print $1, $2, $NF}' | tail -n 4")
        #expect(
            listed.output == """
                -rw------- 0/0 station/ledger.sqlite
                -rw------- 0/0 station/signers
                -rw------- 0/0 station/station.yaml
                -rw------- 0/0 station/SHA256SUMS

                """)
        let unpacked = try await bench.shell(
            """
            cd other && tar -xf ../backup.tar && cd station && sha256sum --strict -c SHA256SUMS &&
                cmp signers ../../people && mkdir ../inbox ../outbox
            """)
        #expect(unpacked.status == 0, "\(unpacked.errors)")
        #expect(unpacked.output.contains("signers: OK"))
        // Without this program at hand, tar alone brings the station back.
        let run = try await Self.run(bench)
        #expect(run.status == 0, "\(run.errors)")
    }

    @Test func `a restored station takes from the same people as before`() async throws {
        let bench = try await Self.benchWithBackup()
        let restored = try await Self.restore(bench)
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(restored.output.contains(", 1 person who may ask\n"), "\(restored.output)")
        #expect(!restored.errors.contains("list of signers"), "\(restored.errors)")
        #expect(
            try await bench.shell("cmp people other/station/signers; stat -c %a other/station/s*")
                .output == "644\n644\n")
        try await Self.drop("B", into: "other/inbox", signedBy: "alice", bench)
        try await Self.drop("C", into: "other/inbox", signedBy: "mallory", bench)
        let run = try await Self.run(bench)
        let report = try run.json()
        #expect(report["accepted"].integer == 1, "\(run.errors)")
        #expect(report["waiting"].integer == 1, "\(run.errors)")
        #expect(report["awaitingApproval"][0]["file"].string == "C.json")
        let shown = try await bench.coldmint("--station", "other/station", "show", "A", "--json")
        #expect(shown.output == (try await bench.coldmint("show", "A", "--json").output))
        #expect(try await bench.coldmint("--station", "other/station", "audit").status == 0)
    }

    /// Where the list was, there is none on the new machine.
    @Test(arguments: ["$PWD/etc/signers", "../etc/signers"])
    func `a list that lay elsewhere is restored into the station, which says what to do`(
        setting: String
    ) async throws {
        let bench = try await Self.benchWithLicense()
        let moved = try await bench.shell(
            """
            mkdir etc && mv station/signers etc/ &&
                sed -i "s|^signers: .*|signers: \(setting)|" station/station.yaml
            """)
        #expect(moved.status == 0, "\(moved.errors)")
        #expect(try await bench.coldmint("backup", "backup.tar").status == 0)
        _ = try await bench.shell("mv etc lost")
        let restored = try await Self.restore(bench)
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(
            restored.errors.contains("etc/signers as the list of signers, and the one of the"),
            "\(restored.errors)")
        #expect(restored.errors.contains("is in other/station/signers: copy it there"))
        #expect(try bench.read("other/station/signers") == (try bench.read("people")))
        let refused = try await Self.run(bench)
        #expect(refused.status == 78, "\(refused.errors)")
        #expect(refused.errors.contains("etc/signers"))
        _ = try await bench.shell(
            "sed -i 's|^signers: .*|signers: signers|' other/station/station.yaml")
        try await Self.drop("B", into: "other/inbox", signedBy: "alice", bench)
        #expect(try await Self.run(bench).json()["accepted"].integer == 1)
    }

    @Test func `a list is at its place by whatever path station.yaml names it`() async throws {
        let bench = try await Self.benchWithLicense()
        _ = try await bench.shell(
            #"sed -i "s|^signers: .*|signers: $PWD/station/signers|" station/station.yaml"#)
        #expect(try await bench.coldmint("backup", "backup.tar").status == 0)
        _ = try await bench.shell("rm -r station")
        let restored = try await bench.coldmint("restore", "backup.tar")
        #expect(restored.status == 0)
        #expect(!restored.errors.contains("list of signers"), "\(restored.errors)")
        #expect(try await bench.coldmint("run").status == 0)
    }

    @Test(arguments: [
        ("rm station/signers", "station/signers"),
        ("chmod 666 station/signers", "chmod go-w station/signers"),
        ("echo bob >>station/signers", "station/signers: line 2: no key"),
    ])
    func `a list that no run goes by is not backed up`(line: String, message: String) async throws {
        let bench = try await Self.benchWithLicense()
        _ = try await bench.shell(line)
        let names = bench.names(in: "")
        for command in [["run"], ["backup", "backup.tar"]] {
            let answer = try await bench.run(Workbench.binary, command)
            #expect(answer.status == 78, "\(answer.errors)")
            #expect(answer.errors.contains(message), "\(answer.errors)")
        }
        #expect(bench.names(in: "") == names)
    }

    // MARK: - Changed by somebody

    private static func expectRefused(_ bench: Workbench, _ reason: String) async throws {
        let answer = try await restore(bench, "bad.tar")
        #expect(answer.status == 65, "\(answer.errors)")
        #expect(answer.errors.contains("bad.tar: "))
        #expect(answer.errors.contains(reason), "\(answer.errors)")
        #expect(bench.names(in: "other/station") == [])
    }

    @Test(arguments: [
        (
            "echo \"mallory@example.com $(cat mallory.pub)\" >>STATION/signers", false,
            "the file station/signers in it is not the one that was backed up"
        ),
        ("echo mallory >>STATION/signers", true, "station/signers in it: line 2: no key"),
        (": >STATION/signers", true, "station/signers in it: line 1: "),
        (
            "sed -i /^signers/d STATION/station.yaml", true,
            "station/signers is in it, which its configuration does not name"
        ),
    ])
    func `a backup with another list is refused`(
        line: String, mendingChecksums: Bool, reason: String
    ) async throws {
        let bench = try await Self.benchWithBackup()
        try await bench.repack("backup.tar", as: "bad.tar", mendingChecksums: mendingChecksums) {
            let changed = try await bench.shell(line.replacing("STATION", with: $0))
            #expect(changed.status == 0, "\(changed.errors)")
        }
        try await Self.expectRefused(bench, reason)
    }

    @Test func `a backup without the list that its configuration names is refused`() async throws {
        let bench = try await Self.benchWithBackup()
        var tar = RawTar(try bench.readBytes("backup.tar"))
        tar.entries.remove(at: try #require(tar.index(of: "station/signers")))
        try bench.write(tar.bytes, to: "bad.tar")
        try await Self.expectRefused(bench, "SHA256SUMS in it does not name the files")
        let last = tar.entries.count - 1
        let lines = String(decoding: tar.entries[last].content, as: UTF8.self)
            .split(separator: "\n").filter { !$0.hasSuffix("  signers") }
        tar.entries[last] = tar.entries[last].holding(
            Array(lines.map { "\($0)\n" }.joined().utf8))
        try bench.write(tar.bytes, to: "bad.tar")
        try await Self.expectRefused(
            bench,
            "not a whole backup of a station (its configuration names signers, and station/signers "
                + "is not in it)")
    }

    @Test func `no bit of the list in a backup can change unseen`() async throws {
        let bench = try await Self.benchWithBackup()
        let tar = RawTar(try bench.readBytes("backup.tar"))
        let list = try #require(tar.index(of: "station/signers"))
        let start = tar.entries[..<list].reduce(0) { $0 + $1.header.count + $1.data.count }
        let end = start + tar.entries[list].header.count + tar.entries[list].data.count
        for offset in stride(from: start, to: end, by: 37) {
            var changed = try bench.readBytes("backup.tar")
            changed[offset] ^= 1 << (offset % 8)
            try bench.write(changed, to: "bad.tar")
            try await Self.expectRefused(bench, "bad.tar")
        }
    }
}
