import Foundation
import Support
import Testing

/// `coldmint demo`, with a temporary folder `tmp` of the test's own.
@Suite(.tags(.manyRuns), .long) struct DemoScenarios {
    private static func bench() async throws -> Workbench {
        let bench = try Workbench()
        _ = try await bench.shell("mkdir tmp bin")
        return bench
    }

    private static func variables(
        _ bench: Workbench, path: String? = nil
    ) -> [String: String] {
        let usual = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return ["TMPDIR": "\(bench.path)/tmp", "PATH": path ?? "\(bench.path)/bin:\(usual)"]
    }

    private static func demo(
        _ bench: Workbench, _ arguments: String..., path: String? = nil
    ) async throws -> Workbench.Answer {
        try await bench.run(
            Workbench.binary, ["demo"] + arguments, environment: variables(bench, path: path))
    }

    /// Puts a program into `bin`, which is looked up first.
    private static func install(_ name: String, _ script: String, in bench: Workbench) async throws
    {
        try bench.write("#!/bin/sh\n\(script)\n", to: "bin/\(name)")
        _ = try await bench.shell("chmod +x bin/\(name)")
    }

    @Test func `the demo tells the life of a license and leaves nothing behind`() async throws {
        let bench = try await Self.bench()
        let demo = try await Self.demo(bench)
        #expect(demo.status == 0, "\(demo.errors)")
        #expect(demo.errors == "")
        var rest = demo.output[...]
        for beat in [
            "$ coldmint init", #""customer": "acme-gmbh""#, "$ cp acme.json inbox/",
            "$ coldmint run", "1 drop accepted, 1 rejected", "line 3, column 15: customer must be",
            "(invalid-value at /customer)", "(reserved-claim at /payload/exp)", "$ coldmint token",
            #""seats": 25"#, "$ coldmint verify", "is sound; 1 license", "$ tar -xvf",
            "$ openssl pkeyutl", "Signature Verified Successfully", "$ sha256sum -c SHA256SUMS",
            "license.jwt: OK", "$ coldmint keys generate", "$ coldmint keys activate",
            #""action": "deliver""#, "acme-gmbh-000002.tar", "is sound; 1 license",
            "$ coldmint audit", "all is well", "coldmint demo --keep", "coldmint init --issuer",
        ] {
            let place = try #require(rest.firstRange(of: beat), "\(beat) in \(rest)")
            rest = rest[place.upperBound...]
        }
        #expect(bench.names(in: "tmp") == [])
        #expect(bench.names(in: "") == ["bin", "tmp"])
    }

    @Test(arguments: ["first look", "empty"])
    func `with --keep there is a sound station to look around in`(folder: String) async throws {
        let bench = try await Self.bench()
        _ = try await bench.shell("mkdir empty")
        let demo = try await Self.demo(bench, "--keep", folder)
        #expect(demo.status == 0, "\(demo.errors)")
        let audit = try await bench.coldmint("--station", "\(folder)/station", "audit")
        #expect(audit.status == 0, "\(audit.errors)")
        #expect(audit.output.contains("of the log and 2 bundles checked"))
        // The lines for the customer work as they are printed.
        let lines = demo.output.split(separator: "\n").filter {
            $0.contains(#/\$ (cd|openssl|sha256sum) /#)
        }
        #expect(lines.count == 6, "\(lines)")
        let script = lines.map { $0.trimmingPrefix(#/ +\$ /#) }.joined(separator: "\n")
        try bench.write("set -e\n\(script)\n", to: "script")
        let checks = try await bench.shell("cd / && sh '\(bench.path)/script'")
        #expect(checks.status == 0, "\(checks.errors)")
        #expect(checks.output.contains("Signature Verified Successfully"))
        #expect(bench.names(in: "tmp") == [])
    }

    @Test func `nobody else can look into the demo's folder`() async throws {
        let bench = try await Self.bench()
        try await Self.install("openssl", "stat -c %a ../.. >>'\(bench.path)/modes'", in: bench)
        #expect(try await Self.demo(bench).status == 0)
        #expect(try await Self.demo(bench, "--keep", "kept").status == 0)
        #expect(Set(try bench.read("modes").split(separator: "\n")) == ["700"])
    }

    @Test(arguments: ["full", "file", "nowhere/new"])
    func `a folder that cannot be the demo's is refused and stays as it is`(
        folder: String
    ) async throws {
        let bench = try await Self.bench()
        _ = try await bench.shell("mkdir full && touch full/.hidden && echo text >file")
        let demo = try await Self.demo(bench, "--keep", folder)
        #expect(demo.status == 73)
        #expect(demo.output == "")
        #expect(demo.errors.hasPrefix("coldmint: \(folder): "), "\(demo.errors)")
        #expect(bench.names(in: "full") == [".hidden"])
        #expect(try bench.read("file") == "text\n")
    }

    @Test func `without a place for temporary folders the demo says what to do`() async throws {
        let bench = try Workbench()
        let demo = try await Self.demo(bench)
        #expect(demo.status == 73)
        #expect(demo.errors.contains("TMPDIR"), "\(demo.errors)")
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func `a signal in the middle ends the demo, which leaves nothing behind`(
        signal: Int32
    ) async throws {
        let bench = try await Self.bench()
        try await Self.install("openssl", "touch '\(bench.path)/here'; exec sleep 600", in: bench)
        let demo = try await bench.whileRunning(
            ["demo"], environment: Self.variables(bench)
        ) { process in
            try await bench.wait(for: "the customer's check") {
                bench.names(in: "").contains("here")
            }
            #expect(bench.names(in: "tmp").count == 1)
            try process.signal(signal)
        }
        #expect(demo.status == 128 + signal)
        #expect(demo.output.contains("$ tar -xvf"))
        #expect(!demo.output.contains("keys generate"), "\(demo.output)")
        #expect(bench.names(in: "tmp") == [])
    }

    @Test func `a step that fails ends the demo, which leaves nothing behind`() async throws {
        let bench = try await Self.bench()
        try await Self.install("sha256sum", "echo README.txt: FAILED; exit 1", in: bench)
        let demo = try await Self.demo(bench)
        #expect(demo.status == 74)
        #expect(demo.errors.contains("'sha256sum -c SHA256SUMS' ended with 1"), "\(demo.errors)")
        #expect(demo.errors.contains("README.txt: FAILED"))
        #expect(bench.names(in: "tmp") == [])
    }

    @Test func `a reader who leaves early leaves nothing behind`() async throws {
        let bench = try await Self.bench()
        let first = try await bench.shell(
            "TMPDIR=$PWD/tmp \(Workbench.binary) demo | head -n 1; echo ${PIPESTATUS[0]}")
        #expect(first.output == "The life of a license\n0\n")
        #expect(bench.names(in: "tmp") == [])
    }

    @Test func `programs that are missing or too old are named, and the demo goes on`() async throws
    {
        let bench = try await Self.bench()
        _ = try await bench.shell("ln -s $(command -v tar) $(command -v sha256sum) bin/")
        let without = try await Self.demo(bench, path: "\(bench.path)/bin")
        #expect(without.status == 0, "\(without.errors)")
        #expect(without.output.contains("(openssl is not on this machine)"))
        #expect(without.output.contains("license.jwt: OK"))
        try await Self.install("openssl", "echo 'OpenSSL 1.1.1w  11 Sep 2023'", in: bench)
        let old = try await Self.demo(bench)
        #expect(old.status == 0, "\(old.errors)")
        #expect(old.output.contains("this needs OpenSSL 3; on this machine is OpenSSL 1.1.1w"))
        let bare = try await Self.demo(bench, path: "\(bench.path)/tmp")
        #expect(bare.status == 0, "\(bare.errors)")
        #expect(bare.output.contains("(tar is not on this machine)"))
        #expect(bench.names(in: "tmp") == [])
    }

    @Test(.needsRoot("to become another user"))
    func `the demo needs no privileges`() async throws {
        let bench = try await Self.bench()
        let demo = try await bench.shell(
            """
            chmod 755 . && chmod 1777 tmp && cp \(Workbench.binary) /tmp/coldmint-$$ && cd / &&
            TMPDIR=\(bench.path)/tmp setpriv --reuid 65534 --regid 65534 --clear-groups \
                /tmp/coldmint-$$ demo; code=$?
            rm /tmp/coldmint-$$; exit $code
            """)
        #expect(demo.status == 0, "\(demo.errors)")
        #expect(demo.output.contains("Signature Verified Successfully"))
        #expect(bench.names(in: "tmp") == [])
    }
}
