import Foundation
import Support
import Testing

private func request(_ name: String, payload: String = "{}") -> String {
    #"{"name":"\#(name)","customer":"\#(name.lowercased())","payload":\#(payload)}"#
}

@Suite(.tags(.manyRuns), .long) struct OddSurroundingsScenarios {
    @Test(arguments: ["000", "077", "777"])
    func `whatever the umask, secrets stay private and the run does its work`(
        umask: String
    ) async throws {
        let bench = try Workbench()
        let made = try await bench.shell(
            """
            umask \(umask); \(Workbench.binary) init --issuer https://example.com --no-passphrase &&
            chmod 755 inbox outbox && printf '%s' '\(request("A"))' >inbox/a.json &&
            chmod 644 inbox/a.json && \(Workbench.binary) run && \(Workbench.binary) audit
            """)
        #expect(made.status == 0, "\(made.errors)")
        let exposed = try await bench.shell("find station/keys station/ledger.sqlite -perm /077")
        #expect(exposed.output == "")
        #expect(bench.names(in: "outbox/a") == ["a-000001.tar"])
    }

    /// strace holds the read up while the file changes; the drop lies claimed already, so that its
    /// name is known.
    @Test(.needsStrace, arguments: ["printf ' ' >>", "truncate -s 5"])
    func `a drop that changes while it is read is not half-read`(change: String) async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.coldmint("run")
        let now = try await bench.shell("date -u +%Y%m%dT%H%M%SZ").output.dropLast()
        let claimed = "inbox/.claimed/\(now)-0000000000-a.json"
        try bench.write(request("A"), to: claimed)
        let held = try await bench.shell(
            """
            strace -f -o log -P \(claimed) -P $PWD/\(claimed) -e trace=pread64 \
                -e inject=pread64:delay_enter=1500000:when=1 \(Workbench.binary) run --json & tracer=$!
            for _ in $(seq 200); do grep -qs 'pread64(' log && break; sleep 0.02; done
            sleep 0.3; \(change) \(claimed); wait $tracer
            """)
        #expect(try bench.read("log").contains("(DELAYED)"))
        #expect(try JSONTree(held.output)["waiting"].integer == 1)
        #expect(try JSONTree(held.output)["accepted"].integer == 0)
        let after = try await bench.coldmint("run", "--json").json()
        #expect(after["waiting"].integer == 0)
        #expect(after["accepted"].integer == (change.contains("truncate") ? 0 : 1))
    }

    @Test(.needsRoot("the drop belongs to another user"))
    func `a drop that cannot be read is refused once, and does not stop the others`() async throws {
        let bench = try await Workbench.withStation()
        let answer = try await bench.shell(
            """
            install -m 755 \(Workbench.binary) /tmp/coldmint-$$ && chmod 711 . &&
            printf '%s' '\(request("A"))' >inbox/a.json && printf '%s' '\(request("B"))' >inbox/b.json &&
            chmod 600 inbox/a.json && chown -R 65534 station inbox outbox && chown 0 inbox/a.json &&
            setpriv --reuid 65534 --clear-groups /tmp/coldmint-$$ run --json; code=$?
            setpriv --reuid 65534 --clear-groups /tmp/coldmint-$$ run --quiet || code=$?0
            rm /tmp/coldmint-$$; exit $code
            """)
        #expect(answer.status == 65, "\(answer.errors)")
        #expect(try JSONTree(answer.output)["accepted"].integer == 1)
        #expect(try JSONTree(answer.output)["waiting"].integer == 0)
        let problem = try bench.receipt(of: "a.json")["problems"][0]
        #expect(problem["code"].string == "not-a-regular-file")
        #expect(problem["message"].string?.contains("lets nobody else read it") == true)
    }

    @Test(.tags(.soak), .long) func `memory does not grow with the queue`() async throws {
        /// Kibibytes at the most, while so many drops of 512 KiB are handled.
        func peak(_ count: Int) async throws -> Int {
            let bench = try await Workbench.withStation()
            let payload = #"{"a":"\#(String(repeating: "x", count: 512 << 10))"}"#
            for number in 0..<count {
                try bench.drop(request("C\(number)", payload: payload), as: "\(number).json")
            }
            let script = """
                import resource, subprocess, sys
                subprocess.run([sys.argv[1], "run", "--quiet"], check=True)
                print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
                """
            let answer = try await bench.run("/usr/bin/python3", ["-c", script, Workbench.binary])
            #expect(answer.status == 0, "\(answer.errors)")
            #expect(bench.names(in: "outbox").count(where: { $0 != "checkpoint" }) == count)
            return try #require(Int(answer.output.dropLast()))
        }
        let few = try await peak(140)
        let many = try await peak(420)
        #expect(Double(many) < 1.3 * Double(few), "\(few) and \(many) KiB")
    }
}
