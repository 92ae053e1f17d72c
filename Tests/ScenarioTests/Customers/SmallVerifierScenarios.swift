import Support
import Testing

/// `coldmint-verify`, which verifies as `coldmint verify` does.
@Suite(.tags(.manyRuns), .long) struct SmallVerifierScenarios {
    /// A station with one bundle and files that are good, damaged and foreign.
    private static func benchWithFiles() async throws -> Workbench {
        let bench = try await Workbench.withStation()
        try bench.drop(#"{"name":"A","customer":"a","payload":{"seats":5}}"#, as: "a.json")
        _ = try await bench.coldmint("run")
        let made = try await bench.shell(
            """
            set -e
            cp outbox/a/a-000001.tar good.tar
            tar -xf good.tar && cp a-000001/public-key.pem key.pem
            \(Workbench.binary) token A >token.jwt
            (echo; cat token.jwt; echo) >spaced.jwt
            tr a-y b-z <token.jwt >altered.jwt
            openssl genpkey -algorithm ed25519 | openssl pkey -pubout >other.pem
            head -c 4000 good.tar >short.tar
            gzip -c good.tar >good.tar.gz
            tar -cf foreign.tar a-000001
            sed 's/^Issued by/Issued bi/' good.tar >changed.tar
            : >empty.tar
            ln -s good.tar link.tar
            """)
        try #require(made.status == 0, "\(made.errors)")
        return bench
    }

    /// A key whose owner has cosigned nothing.
    private static let witness =
        "witness.example+36e41530+BFhmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZm"

    /// Arguments, as shell, and the exit status.
    private static let table: [(line: String, status: Int32)] = [
        ("good.tar", 0), ("good.tar --public-key key.pem", 0), ("--json good.tar short.tar", 65),
        ("good.tar --public-key other.pem", 65), ("link.tar", 0), ("- <good.tar", 0),
        ("--json - <good.tar", 0), ("- <token.jwt", 64), ("- --public-key key.pem <token.jwt", 0),
        ("<(cat good.tar)", 0), ("short.tar", 65), ("good.tar.gz", 65), ("foreign.tar", 65),
        ("changed.tar", 65), ("empty.tar", 65), ("/dev/null", 65), ("nowhere.tar good.tar", 66),
        ("--json nowhere.tar good.tar", 66), ("token.jwt", 64), ("a-000001", 74),
        ("--public-key key.pem token.jwt", 0), ("--public-key key.pem spaced.jwt", 0),
        ("--public-key key.pem altered.jwt", 65), ("--public-key other.pem token.jwt", 65),
        ("--json --public-key key.pem token.jwt altered.jwt good.tar", 65),
        ("--public-key nowhere.pem good.tar", 66), ("--public-key token.jwt good.tar", 65),
        ("good.tar --witness w", 64), ("good.tar --witness \(witness)", 65),
        ("good.tar >/dev/full", 74), ("good.tar >&-", 74), ("- <&-", 74),
    ]

    @Test func `it answers as coldmint verify does`() async throws {
        let bench = try await Self.benchWithFiles()
        for (line, status) in Self.table {
            let small = try await bench.shell("\(Workbench.verifier) \(line)")
            let whole = try await bench.shell("\(Workbench.binary) verify \(line)")
            let named = try await bench.shell("\(Workbench.verifier) verify \(line)")
            #expect(small.status == status, "\(line): \(small.output) \(small.errors)")
            #expect(whole.status == small.status, "\(line)")
            let isPipe = line.contains("<(")
            #expect(isPipe || whole.output == small.output, "\(line)")
            #expect(isPipe || whole.errors == small.errors, "\(line)")
            #expect(named.status == status, "\(line)")
            #expect(isPipe || named.output == small.output, "\(line)")
        }
    }

    @Test(arguments: [[], ["--publickey", "x", "good.tar"], ["--public-key"]])
    func `wrong usage is 64`(arguments: [String]) async throws {
        let bench = try Workbench()
        let small = try await bench.run(Workbench.verifier, arguments)
        #expect(small.status == 64)
        #expect(small.errors.contains("coldmint-verify "))
        #expect(try await bench.run(Workbench.binary, ["verify"] + arguments).status == 64)
    }

    @Test func `it knows its version and its options`() async throws {
        let bench = try Workbench()
        let version = try await bench.run(Workbench.verifier, ["--version"])
        #expect(version.output == (try await bench.coldmint("--version").output))
        let all = try await bench.run(Workbench.verifier, ["--help"])
        #expect(all.status == 0)
        for word in ["verify (default)", "cosign ", "witness-key ", "--version"] {
            #expect(all.output.contains(word), "\(word)")
        }
        let help = try await bench.run(Workbench.verifier, ["verify", "--help"])
        #expect(help.status == 0)
        for word in ["--public-key <pem>", "--witness <vkey>", "--json", "--version", "<file> ..."]
        {
            #expect(help.output.contains(word), "\(word)")
        }
    }

    /// It signs checkpoints with an auditor's key, and nothing else. Swift's symbols begin with the
    /// length and name of their module.
    @Test(arguments: [
        "sqlite3_", #"\$s12TokenSigning"#, #"\$s8Bundling"#, #"\$s6Ledger"#, #"\$s7Station"#,
        #"\$s4GRDB"#, #"\$s4Yams"#,
    ])
    func `it has no code that issues and none that opens a ledger`(symbol: String) async throws {
        let bench = try Workbench()
        func count(in binary: String) async throws -> String {
            try await bench.shell("nm '\(binary)' | grep -c '[ @]\(symbol)' || true").output
        }
        #expect(try await count(in: Workbench.verifier) == "0\n")
        // A name that nothing has would prove nothing.
        #expect(try await count(in: Workbench.binary) != "0\n")
    }
}
