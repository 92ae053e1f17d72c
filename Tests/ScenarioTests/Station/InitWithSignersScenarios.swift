import Foundation
import Support
import Testing

private let request = #"{"name":"A","customer":"a","payload":{}}"#

/// A new station that is told who may ask.
@Suite(.tags(.manyRuns), .long) struct InitWithSignersScenarios {
    /// With a key of Alice's in `alice`, and a list that names her in `people`.
    private static func benchWithList() async throws -> Workbench {
        let bench = try Workbench()
        let made = try await bench.shell(
            """
            umask 077; ssh-keygen -q -t ed25519 -N '' -C laptop -f alice &&
                echo "alice@example.com $(cat alice.pub)" >people
            """)
        try #require(made.status == 0, "\(made.errors)")
        return bench
    }

    private static let arguments =
        "init --issuer https://licenses.example.com --no-passphrase --signers people"

    private static func initialize(
        _ bench: Workbench, _ before: String = "true", after: String = ""
    ) async throws -> Workbench.Answer {
        try await bench.shell("\(before) && umask 022 && \(Workbench.binary) \(arguments)\(after)")
    }

    /// One init, with a fault at a system call.
    private static func initialize(
        _ bench: Workbench, hitting call: String, _ fault: String, _ arguments: String = arguments
    ) async throws -> Workbench.Answer {
        try await bench.shell(
            """
            strace -f -o log -e trace=\(call) -e inject=\(call):\(fault) \
                \(Workbench.binary) \(arguments)
            """)
    }

    @Test func `from the first drop on, what nobody of the list has signed waits`() async throws {
        let bench = try await Self.benchWithList()
        let made = try await Self.initialize(bench)
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.contains("1 person may ask, as station/signers says\n"))
        #expect(made.output.contains("coldmint sign-command FILE"))
        #expect(try bench.read("station/signers") == (try bench.read("people")))
        let modes = try await bench.shell("stat -c '%a %u' station/signers; id -u")
        #expect(modes.output.hasPrefix("644 "), "\(modes.output)")
        #expect(Set(modes.output.split(whereSeparator: \.isWhitespace).dropFirst()).count == 1)
        #expect(try bench.read("station/station.yaml").contains("signers: 'signers'\n"))
        #expect(
            bench.names(in: "station") == ["keys", "ledger.sqlite", "signers", "station.yaml"])

        try bench.drop(request, as: "a.json")
        let waiting = try await bench.coldmint("run", "--json").json()
        #expect(waiting["waiting"].integer == 1)
        #expect(waiting["accepted"].integer == 0)
        try bench.write(request, to: "a.json")
        let signed = try await bench.shell(
            """
            eval "$(\(Workbench.binary) sign-command a.json --key alice)" 2>&1 &&
                mv a.json.sig inbox/
            """)
        #expect(signed.status == 0, "\(signed.output)\(signed.errors)")
        #expect(try await bench.coldmint("run", "--json").json()["accepted"].integer == 1)
        #expect(try bench.receipt(of: "a.json")["signers"][0]["name"].string == "alice@example.com")
    }

    @Test func `a faulty list is refused line by line before anything is made`() async throws {
        let bench = try await Self.benchWithList()
        let made = try await Self.initialize(
            bench, "echo 'bob@example.com ssh-rsa AAAA' >>people && echo carol >>people")
        #expect(made.status == 65)
        #expect(made.errors.contains("people:2: "), "\(made.errors)")
        #expect(made.errors.contains("people:3: no key"), "\(made.errors)")
        #expect(made.output == "")
        #expect(bench.names(in: "") == ["alice", "alice.pub", "people"])
    }

    @Test(
        arguments: [
            (": >people", 65, "people:1: "),
            ("rm people", 66, "people: there is no such file"),
            ("rm people && mkdir people", 74, "people"),
        ] as [(String, Int32, String)])
    func `without a list that can be read nothing is made`(
        line: String, status: Int32, message: String
    ) async throws {
        let bench = try await Self.benchWithList()
        let made = try await Self.initialize(bench, line)
        #expect(made.status == status, "\(made.errors)")
        #expect(made.errors.contains(message), "\(made.errors)")
        #expect(bench.names(in: "station") == [])
        #expect(bench.names(in: "inbox") == [])
    }

    @Test func `a list that lies in the station is not written over`() async throws {
        let bench = try await Self.benchWithList()
        let made = try await Self.initialize(
            bench, "mkdir -m 700 station && echo '# mine' >station/signers")
        #expect(made.status == 73)
        #expect(made.errors.contains("station/signers: there is one already"), "\(made.errors)")
        #expect(try bench.read("station/signers") == "# mine\n")
        #expect(bench.names(in: "station") == ["signers"])
    }

    @Test(.needsRoot("root makes a station of another user"))
    func `the list must be one that the station's user can read, and becomes theirs`()
        async throws
    {
        let bench = try await Self.benchWithList()
        _ = try await bench.shell("mkdir theirs && chown nobody:nogroup . theirs")
        let refused = try await Self.initialize(bench, after: " --station theirs/station")
        #expect(refused.status == 77)
        #expect(refused.errors.contains("cannot open people: "), "\(refused.errors)")
        #expect(refused.errors.contains("the user whom the station belongs to"))
        #expect(bench.names(in: "theirs") == [])
        let made = try await Self.initialize(
            bench, "chmod 644 people", after: " --station theirs/station")
        #expect(made.status == 0, "\(made.errors)")
        #expect(try await bench.shell("find theirs ! -user nobody").output == "")
        #expect(try await bench.coldmint("--station", "theirs/station", "run").status == 0)
    }

    // MARK: - Cut off

    /// Whatever the moment, a station is there whole or the next init makes one.
    @Test(.needsStrace, arguments: ["renameat2", "fsync"])
    func `an init that was killed is begun anew, with its list`(call: String) async throws {
        for occurrence in 1...40 {
            let bench = try await Self.benchWithList()
            let killed = try await Self.initialize(
                bench, hitting: call, "signal=KILL:when=\(occurrence)")
            if killed.status == 0 {
                #expect(occurrence > (call == "fsync" ? 10 : 7))
                return
            }
            let isThere = bench.names(in: "station").contains("station.yaml")
            let next = try await Self.initialize(bench)
            #expect(next.status == (isThere ? 73 : 0), "\(call) \(occurrence): \(next.errors)")
            #expect(try bench.read("station/signers") == (try bench.read("people")))
            #expect(bench.names(in: "station/keys").count == 1)
            try bench.drop(request, as: "a.json")
            let run = try await bench.coldmint("run", "--json")
            #expect(try run.json()["waiting"].integer == 1, "\(call) \(occurrence): \(run.errors)")
            #expect(try await bench.coldmint("audit").status == 0)
        }
        Issue.record("\(call): every init was killed")
    }

    @Test(.needsStrace) func `an init that failed leaves no list behind`() async throws {
        let bench = try await Self.benchWithList()
        for occurrence in 1...50 {
            let made = try await Self.initialize(
                bench, hitting: "fsync", "error=EIO:when=\(occurrence)")
            if made.status == 0 { break }
            #expect(made.status == 74, "\(made.errors)")
            #expect(bench.names(in: "station") == [], "flush number \(occurrence)")
        }
        #expect(try await bench.coldmint("audit").status == 0)
    }

    /// The init that is killed makes a station without a list, beside a list of somebody's own.
    @Test(.needsStrace) func `a list that no init has put there stays whatever is cut off`()
        async throws
    {
        let unsigned = "init --issuer https://example.com --no-passphrase"
        for occurrence in 1...20 {
            let bench = try await Self.benchWithList()
            _ = try await bench.shell("mkdir -m 700 station && echo '# mine' >station/signers")
            let killed = try await Self.initialize(
                bench, hitting: "renameat2", "signal=KILL:when=\(occurrence)", unsigned)
            if killed.status == 0 { break }
            _ = try await bench.shell("\(Workbench.binary) \(unsigned)")
            #expect(bench.names(in: "station").contains("station.yaml"), "rename \(occurrence)")
            #expect(try bench.read("station/signers") == "# mine\n", "rename \(occurrence)")
        }
    }
}
