import Support
import Testing

/// A customer who has only README.txt, and whose application is docs/verify's program in Python.
@Suite(.tags(.otherPrograms), .long) struct LastMileTests {
    /// The vendor's station and the customer's machine, at one time.
    private struct Delivery {
        let bench: Workbench
        private(set) var time = ""

        init() async throws {
            bench = try Workbench()
            _ = try await bench.coldmint(
                at: "2026-12-01 08:00:00", "init", "--issuer", "https://licenses.example.com",
                "--no-passphrase")
            try await bench.shellOrThrow("mkdir -p application KEPT")
            try DocumentedPrograms(of: "verify/python.md").write(to: bench)
            try await bench.shellOrThrow("mv *.py application/")
        }

        mutating func run(_ drop: String, at time: String) async throws {
            self.time = time
            try bench.drop(drop, as: "\(time.prefix(10)).json")
            let run = try await bench.coldmint(at: time, "run")
            #expect(run.status == 0, "\(run.errors)\(run.output)")
        }

        /// The blocks of README.txt of the bundle, which is unpacked as it says.
        func readme(_ run: Int) async throws -> [String: [String]] {
            let bundle = "acme-00000\(run)"
            let text = try await bench.shell(
                "tar -xOf outbox/acme/\(bundle).tar \(bundle)/README.txt")
            let readme = ReadmeBlocks(text.output)
            try await bench.shellOrThrow("cp outbox/acme/\(bundle).tar .")
            try await bench.shellOrThrow(try #require(readme.unpacking))
            return readme.blocks
        }

        /// Does what the first block of a section says.
        func follow(_ block: String?, in folder: String = ".") async throws {
            try await bench.shellOrThrow("cd \(folder) && \(try #require(block))")
        }

        /// What the application says of `license.jwt`.
        func application(at time: String) async throws -> String {
            let answer = try await bench.run(
                "/bin/bash",
                [
                    "-c",
                    "cd application && TZ=UTC faketime '\(time)' /usr/bin/python3 license.py",
                ], environment: ["LICENSE_KEY_FILE": "license.jwt"])
            return (answer.output + answer.errors).split(separator: " ").first.map(String.init)
                ?? ""
        }

        /// Installs what README.txt names, by its lines for a file.
        func install(_ blocks: [String: [String]]) async throws {
            try await follow(blocks["A file"]?[0])
            try await bench.shellOrThrow("mv license.jwt application/license.jwt")
        }
    }

    private static let order =
        #"{"name":"Acme","customer":"acme","expiresAt":"2027-12-01","payload":{"seats":5}}"#

    /// The first delivery, checked and installed as its README.txt says.
    private static func delivered() async throws -> Delivery {
        var delivery = try await Delivery()
        try await delivery.run(order, at: "2026-12-01 09:00:00")
        let blocks = try await delivery.readme(1)
        let checks = try #require(blocks["Check that nothing was changed"])
        for check in [checks[0], checks[3], checks[4]] { try await delivery.follow(check) }
        try await delivery.install(blocks)
        try await delivery.bench.shellOrThrow(
            "cp acme-000001/public-key.pem KEPT && cp KEPT/public-key.pem application/")
        #expect(try await delivery.application(at: "2026-12-02 09:00:00") == "valid")
        return delivery
    }

    @Test func `a renewal can be installed on any day before the end, and nothing is interrupted`()
        async throws
    {
        var delivery = try await Self.delivered()
        let proposed = try await delivery.bench.coldmint(
            at: "2027-11-01 09:00:00", "renewals", "--within", "60")
        try await delivery.run(proposed.output, at: "2027-11-02 09:00:00")
        let blocks = try await delivery.readme(2)
        for day in ["2027-11-02 10:00:00", "2027-11-30 23:59:59"] {
            #expect(try await delivery.application(at: day) == "valid", "before, on \(day)")
        }
        try await delivery.install(blocks)
        for day in [
            "2027-11-02 10:00:00", "2027-11-30 23:59:59", "2027-12-01 00:10:00",
            "2028-11-30 09:00:00",
        ] {
            #expect(try await delivery.application(at: day) == "valid", "after, on \(day)")
        }
        #expect(try await delivery.application(at: "2028-12-01 00:10:00") == "expired")
        // A deployment's Secret has the name that it had.
        let names = try await delivery.bench.shell(
            "grep -h '^  name:' acme-00000[12]/licenses/*/kubernetes-secret.yaml | sort -u")
        #expect(names.output == "  name: \"license-acme-acme\"\n")
    }

    @Test func `a renewal that joins on waits, alone or beside the present license`() async throws {
        var delivery = try await Self.delivered()
        let proposed = try await delivery.bench.coldmint(
            at: "2027-11-01 09:00:00", "renewals", "--within", "60", "--from-end")
        try await delivery.run(proposed.output, at: "2027-11-02 09:00:00")
        let blocks = try await delivery.readme(2)
        let readme = try delivery.bench.read("acme-000002/README.txt")
        #expect(
            readme.contains(
                "do not install before 2027-12-01T00:00:00Z; keep the present one until then"))
        #expect(!readme.contains("on any day before the old one ends"))
        try await delivery.bench.shellOrThrow("cp -r application PRESENT")
        try await delivery.follow(
            blocks["What this is"]?.first { $0.contains("PRESENT/license.jwt") })
        try await delivery.bench.shellOrThrow("mv both.jwt application/license.jwt")
        for day in ["2027-11-02 10:00:00", "2027-11-30 23:59:59", "2027-12-01 00:00:00"] {
            #expect(try await delivery.application(at: day) == "valid", "\(day)")
        }
    }

    @Test func `a rotation is followed by what was kept, and no license stops`() async throws {
        var delivery = try await Self.delivered()
        let bench = delivery.bench
        let key = try await bench.coldmint("keys", "generate").output.dropLast()
        #expect(
            try await bench.coldmint("keys", "activate", "--yes", "--", String(key)).status == 0)
        try await delivery.run(
            #"{"name":"Second","customer":"acme","expiresAt":"2028-12-01","payload":{}}"#,
            at: "2027-01-02 09:00:00")
        let blocks = try await delivery.readme(2)
        let trust = try #require(blocks["Check that it comes from your vendor"])
        #expect(try await bench.shell(trust[0]).status == 1)
        let introduced = try #require(trust.last)
        let verified = try await bench.shell(
            introduced.replacing("coldmint-verify", with: "'\(Workbench.verifier)'"))
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        #expect(verified.output.contains("signed by a newer key"))

        // The application learns the key in the same way, and knows both from then on.
        let learned = try await bench.shell(
            """
            cd application && cp ../acme-000002/keys.jws . &&
            /usr/bin/python3 learn_keys.py public-key.pem keys.jws >learned &&
            mv learned public-key.pem
            """)
        #expect(learned.status == 0, "\(learned.errors)")
        #expect(try await delivery.application(at: "2027-01-03 09:00:00") == "valid")
        try await delivery.install(blocks)
        #expect(try await delivery.application(at: "2027-01-03 09:00:00") == "valid")
        // Who knows the new key alone is not brought back to the old one.
        let back = try await bench.shell(
            """
            cd application && /usr/bin/python3 learn_keys.py ../acme-000002/public-key.pem keys.jws
            """)
        #expect(back.status == 1)
        #expect(back.output == "")
        let stranger = try await bench.shell(
            """
            openssl genpkey -algorithm ed25519 | openssl pkey -pubout >stranger.pem
            cd application && /usr/bin/python3 learn_keys.py ../stranger.pem keys.jws
            """)
        #expect(stranger.status == 1)
        #expect(stranger.output == "")
    }

    @Test func `a bundle that was lost is delivered again with the same license`() async throws {
        var delivery = try await Self.delivered()
        let before = try delivery.bench.read("application/license.jwt")
        try await delivery.bench.shellOrThrow("rm -r acme-000001* application/license.jwt")
        try await delivery.run(
            #"{"action":"deliver","customer":"acme"}"#, at: "2027-03-01 09:00:00")
        let blocks = try await delivery.readme(2)
        let trust = try #require(blocks["Check that it comes from your vendor"])
        try await delivery.follow(trust[0])
        try await delivery.install(blocks)
        #expect(try delivery.bench.read("application/license.jwt") == before)
        #expect(try await delivery.application(at: "2027-03-02 09:00:00") == "valid")
    }
}
