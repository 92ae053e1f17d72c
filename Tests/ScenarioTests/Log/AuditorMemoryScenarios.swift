import Support
import Testing

/// What becomes of the file that an auditor remembers the last checkpoint by.
@Suite(.tags(.manyRuns), .long) struct AuditorMemoryScenarios {
    @Test func `nobody cosigns while somebody else does by the same file`() async throws {
        let bench = try await Workbench.withAuditor()
        try await bench.issue("B")
        _ = try await bench.succeed("coldmint log consistency seen >update; cp seen before")
        let program = "'\(Workbench.verifier)' cosign update --key me.pem --name me.example.org"
        try await bench.expect(
            "flock .seen.lock \(program) --seen ./seen --log-key \"$(cat log-key)\"", 75,
            saying: "./.seen.lock: another 'cosign' is at work with ./seen")
        _ = try await bench.succeed("cmp seen before; coldmint-cosign update >/dev/null")
        // A lock is held by a process, not by the file that is left.
        _ = try await bench.succeed("test -f .seen.lock; coldmint-cosign update >/dev/null")
    }

    @Test func `of two first checkpoints that come at once one is cosigned`() async throws {
        let bench = try await Workbench.withAuditor()
        try await bench.issue("B")
        _ = try await bench.succeed(
            """
            coldmint log checkpoint >second
            cosign_first() { coldmint-cosign --first $1 >$1.out 2>$1.errors && echo $1; }
            for round in 1 2 3 4 5 6 7 8 9 10; do
                rm seen; rm -f won
                cosign_first first >>won & a=$!
                cosign_first second >>won & b=$!
                wait $a || [[ $? = 75 || $? = 64 ]]
                wait $b || [[ $? = 75 || $? = 64 ]]
                test "$(wc -l <won)" = 1
                cmp "$(cat won).out" seen
            done
            """)
    }

    @Test func `what is no plain file is not taken for the memory`() async throws {
        let bench = try await Workbench.withAuditor()
        try await bench.issue("B")
        _ = try await bench.succeed(
            """
            coldmint log consistency seen >update
            mkfifo pipe; mkdir folder; ln -s seen link; ln -s nowhere dangling; cp seen before
            """)
        let cases: [(String, Int32, String)] = [
            ("--seen link", 64, "link: is a link: give --seen the file itself"),
            ("--first --seen link", 64, "link: is a link"),
            ("--first --seen dangling", 64, "dangling: is a link"),
            ("--seen pipe", 64, "pipe: is no plain file: --seen takes the file that has"),
            ("--seen folder", 64, "folder: is no plain file"),
            ("--seen .", 64, ".: is no plain file"), ("--seen ''", 66, "is not there"),
            ("--first --seen ''", 64, "--seen takes the name of a file"),
            ("--first --seen gone/seen", 73, "the folder that it is to be in is not there"),
        ]
        for (options, status, hint) in cases {
            try await bench.expect("coldmint-cosign update \(options)", status, saying: hint)
        }
        _ = try await bench.succeed(
            "cmp seen before; test -L link; test -L dangling; test ! -e nowhere")
        #expect(bench.names(in: "").filter { $0.hasSuffix(".lock") } == [".seen.lock"])
    }
}
