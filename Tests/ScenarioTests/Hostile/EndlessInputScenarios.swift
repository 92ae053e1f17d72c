import Support
import Testing

/// Files that have no end, or that fail. A limit on the size of files ends a process that copies
/// such a one to the disk.
@Suite(.tags(.manyRuns), .long) struct EndlessInputScenarios {
    @Test(arguments: [
        "verify /dev/zero", "verify - </dev/zero", "verify --public-key pem - < <(yes)",
    ])
    func `what cannot be a bundle or token is not read to its end`(words: String) async throws {
        let bench = try await Workbench.withStation()
        let answer = try await bench.shell(
            """
            \(Workbench.binary) keys export >pem || exit 1
            ulimit -f 200000; timeout 60 \(Workbench.binary) \(words)
            """)
        #expect(answer.status == 65, "\(answer.errors)")
    }

    @Test func `a token and a bundle are read from a pipe`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "a.json")
        let answer = try await bench.shell(
            """
            B=\(Workbench.binary); $B run --quiet; $B keys export >pem
            cat outbox/a/a-000001.tar | $B verify --public-key pem - &&
            $B token A | $B verify --public-key pem -
            """)
        #expect(answer.status == 0, "\(answer.errors)")
    }

    @Test func `a configuration without an end is refused`() async throws {
        let bench = try await Workbench.withStation()
        let answer = try await bench.shell(
            """
            ln -sf /dev/zero station/station.yaml; ulimit -f 20000
            timeout 20 \(Workbench.binary) list
            """)
        #expect(answer.status == 78)
        #expect(answer.errors.contains("station.yaml"), "\(answer.errors)")
    }

    @Test(.needsStrace) func `a bundle that cannot be read is not taken for another one`()
        async throws
    {
        let bench = try await Workbench.withStation()
        try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "a.json")
        // Cut off right before the bundle gets its name, which is given to it by hand.
        _ = try await bench.shell(
            """
            strace -f -o /dev/null -e trace=renameat2 -e inject=renameat2:signal=KILL:when=2 \
                \(Workbench.binary) run
            mv outbox/a/.a-000001.tar.part outbox/a/a-000001.tar
            """)
        for call in ["read", "pread64", "lseek"] {
            let run = try await bench.shell(
                """
                strace -f -o log -P $PWD/outbox/a/a-000001.tar -e trace=\(call) \
                    -e inject=\(call):error=EIO:when=1 \(Workbench.binary) run
                """)
            #expect(try bench.read("log").contains("(INJECTED)"))
            #expect(run.status == 74)
            #expect(run.errors.contains("read"), "\(run.errors)")
            #expect(!run.errors.contains("another bundle"), "\(run.errors)")
        }
        #expect(try await bench.coldmint("run").status == 0)
    }

    @Test(arguments: [
        "run", "list", "status", "audit", "keys list", "check inbox/a.json", "init --issuer x",
    ])
    func `where too few files may be open a command says so`(words: String) async throws {
        let bench = try await Workbench.withStation()
        for name in ["a", "b", "c"] {
            try bench.drop(
                #"{"name":"\#(name)","customer":"\#(name)","payload":{}}"#, as: "\(name).json")
        }
        for limit in [4, 5, 8, 12, 20, 32] {
            let answer = try await bench.shell("ulimit -n \(limit); \(Workbench.binary) \(words)")
            #expect(answer.status == 75, "\(limit)")
            #expect(answer.errors.contains("ulimit -n"), "\(answer.errors)")
        }
        #expect(bench.names(in: "inbox/.claimed") == [])
        let answer = try await bench.shell("ulimit -n 64; \(Workbench.binary) run")
        #expect(answer.status == 0)
    }
}
