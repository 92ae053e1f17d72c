import Foundation
import Support
import Testing

/// What docs/keys.md and docs/key-file.md tell people to do, done.
@Suite(.tags(.otherPrograms), .long) struct KeyDocumentationTests {
    private static let order = #"{"name":"A","customer":"a","payload":{"seats":5}}"#

    private static func run(_ name: String, in bench: Workbench) async throws -> Workbench.Answer {
        try await DocumentedPrograms(of: "keys.md").run(name, in: bench)
    }

    private static func fingerprint(_ bench: Workbench) async throws -> String {
        let keys = try await bench.coldmint("keys", "list", "--json").json()
        return try #require(keys[0]["fingerprint"].string)
    }

    /// A station with a license, its backup and paper key.
    private static func station() async throws -> Workbench {
        let bench = try await Workbench.withEncryptedStation()
        try bench.drop(order, as: "a.json")
        #expect(try await bench.unlocked("run").status == 0)
        for block in ["backup.sh", "paper.sh"] {
            let answer = try await run(block, in: bench)
            #expect(answer.status == 0, "\(block): \(answer.errors)")
        }
        return bench
    }

    @Test func `from a backup and the passphrase alone a station issues its next license`()
        async throws
    {
        let lost = try await Self.station()
        let found = try Workbench()
        for file in ["station-backup.tar", "passphrase"] {
            try FileManager.default.copyItem(
                atPath: "\(lost.path)/\(file)", toPath: "\(found.path)/\(file)")
        }
        let drill = try await Self.run("restore.sh", in: found)
        #expect(drill.status == 0, "\(drill.output)\(drill.errors)")
        #expect(drill.output.contains("1 license, last run 1, active key"))
        #expect(drill.output.contains("all is well"))
        #expect(drill.errors.contains(try await Self.fingerprint(lost)))
        let names = try await found.coldmint("list", "--json").json().elements
            .compactMap { $0["name"].string }
        #expect(names == ["A", "Restore drill"])
        #expect(
            try await found.coldmint("token", "A").output
                == lost.coldmint("token", "A").output)
    }

    @Test func `from the paper key alone a new station signs with the same key`() async throws {
        let lost = try await Self.station()
        let found = try Workbench()
        for file in ["private-key.pem", "passphrase"] {
            try FileManager.default.copyItem(
                atPath: "\(lost.path)/\(file)", toPath: "\(found.path)/\(file)")
        }
        let drill = try await Self.run("from-paper.sh", in: found)
        #expect(drill.status == 0, "\(drill.output)\(drill.errors)")
        #expect(try await Self.fingerprint(found) == Self.fingerprint(lost))
        let pem = try await lost.coldmint("keys", "export").output
        try found.write(pem, to: "known.pem")
        #expect(
            try await found.shell(
                "\(Workbench.binary) verify --public-key known.pem outbox/drill/*.tar"
            ).status == 0)
    }

    @Test func `nobody else can read the documented backup`() async throws {
        let bench = try await Self.station()
        let modes = try await bench.shell("stat -c %a station-backup.tar private-key.pem")
        #expect(modes.output == "600\n600\n")
    }

    @Test func `another program reads a key file and speaks a fingerprint as documented`()
        async throws
    {
        let bench = try await Self.station()
        let programs = try DocumentedPrograms(of: "key-file.md")
        #expect(programs.texts.keys.sorted() == ["read-key.py", "spoken-fingerprint.py"])
        try programs.write(to: bench)
        let read = try await bench.shell(
            "/usr/bin/python3 read-key.py station/keys/*.key '\(Workbench.passphrase)'")
        #expect(read.status == 0, "\(read.errors)")
        let seed = try await bench.shell(
            "openssl pkey -in private-key.pem -outform DER | tail -c 32 | od -An -v -tx1 | tr -d ' \\n'"
        )
        #expect(read.output == seed.output + "\n")
        #expect(seed.output.count == 64)

        let key = try await bench.coldmint("keys", "list", "--json").json()[0]
        let spoken = try await bench.shell(
            "/usr/bin/python3 spoken-fingerprint.py \(key["fingerprint"].string ?? "")")
        #expect(spoken.output == (key["spokenFingerprint"].string ?? "") + "\n")
    }
}
