import Foundation
import Support
import Testing

private let request = #"{"name":"A","customer":"a","payload":{}}"#

@Suite(.tags(.manyRuns), .long) struct InitScenarios {
    @Test func `a station is made once and keeps its secrets to itself`() async throws {
        let bench = try await Workbench.withStation()
        let modes = try await bench.shell(
            "stat -c %a station station/keys station/keys/* station/ledger.sqlite")
        #expect(modes.output == "700\n700\n600\n600\n")
        let again = try await bench.coldmint(
            "init", "--issuer", "https://example.com", "--no-passphrase")
        #expect(again.status == 73)
        #expect(again.errors.contains("there is a station already"))
    }

    @Test func `an imported key of openssl's signs, and openssl reads the station's`() async throws
    {
        let bench = try Workbench()
        let made = try await bench.shell(
            "openssl genpkey -algorithm ed25519 -out vendor.pem && chmod 600 vendor.pem")
        #expect(made.status == 0)
        let initialized = try await bench.coldmint(
            "init", "--issuer", "https://licenses.example.com", "--no-passphrase", "--import-key",
            "vendor.pem")
        #expect(initialized.status == 0, "\(initialized.errors)")
        #expect(
            try await bench.shell(
                "cmp <(openssl pkey -in vendor.pem -pubout) <(openssl pkey -in station/keys/*.key -pubout)"
            ).status == 0)
        try bench.drop(request, as: "a.json")
        _ = try await bench.coldmint("run")
        try await bench.unpack("a/a-000001.tar", into: "customer")
        #expect(
            try await bench.shell(
                "cmp <(openssl pkey -in vendor.pem -pubout) customer/*/public-key.pem"
            )
            .status == 0)
    }

    @Test(arguments: [
        ("openssl genpkey -algorithm x25519 -out vendor.pem", 77, "Ed25519"),
        (
            "openssl genpkey -algorithm ed25519 -aes256 -pass pass:x -out vendor.pem", 77,
            "openssl pkey"
        ),
        ("echo hello >vendor.pem", 77, "openssl genpkey"),
        (
            "openssl genpkey -algorithm ed25519 -out vendor.pem; chmod 640 vendor.pem", 77,
            "chmod 600"
        ),
        ("true", 66, "vendor.pem"),
    ])
    func `a key that cannot be taken is refused and leaves no station`(
        line: String, status: Int32, hint: String
    ) async throws {
        let bench = try Workbench()
        _ = try await bench.shell("umask 077; \(line)")
        let answer = try await bench.coldmint(
            "init", "--issuer", "https://licenses.example.com", "--no-passphrase", "--import-key",
            "vendor.pem")
        #expect(answer.status == status)
        #expect(answer.errors.contains(hint))
        #expect(bench.names(in: "station") == [])
    }

    @Test(.needsStrace) func `an init that failed leaves nothing in the way of the next one`()
        async throws
    {
        let bench = try Workbench()
        for occurrence in 1...50 {
            let made = try await Self.initialize(
                bench, hitting: "fsync", "error=EIO:when=\(occurrence)")
            if made.status == 0 {
                #expect(occurrence > 8)
                break
            }
            #expect(made.status == 74, "\(made.errors)")
            #expect(bench.names(in: "station") == [], "flush number \(occurrence)")
        }
        #expect(try await bench.coldmint("audit").status == 0)
    }

    @Test(.needsStrace) func `an init that was killed leaves nothing in the way of the next one`()
        async throws
    {
        let bench = try Workbench()
        // The last of these comes right before the station's parts are moved into place.
        for occurrence in 1...7 {
            let killed = try await Self.initialize(
                bench, hitting: "fsync", "signal=KILL:when=\(occurrence)")
            #expect(killed.status > 128)
            #expect(!bench.names(in: "station").contains("keys"), "flush number \(occurrence)")
        }
        let made = try await bench.coldmint(
            "init", "--issuer", "https://example.com", "--no-passphrase")
        #expect(made.status == 0, "\(made.errors)")
        #expect(bench.names(in: "station") == ["keys", "ledger.sqlite", "station.yaml"])
    }

    /// One init, with a fault at a system call.
    private static func initialize(
        _ bench: Workbench, hitting call: String, _ fault: String
    ) async throws -> Workbench.Answer {
        try await bench.shell(
            """
            strace -f -o log -e trace=\(call) -e inject=\(call):\(fault) \
                \(Workbench.binary) init --issuer https://example.com --no-passphrase
            """)
    }

    /// Two at the same moment, in a new folder.
    ///
    /// - Returns: as output their exit statuses in ascending order, each with a blank after it; as
    ///   errors what they said.
    private static func initializeTwice(
        _ bench: Workbench, in folder: String, stations: [String]
    ) async throws -> Workbench.Answer {
        try await bench.shell(
            """
            mkdir \(folder) && cd \(folder)
            n=0
            for station in \(stations.joined(separator: " ")); do
                n=$((n + 1))
                (\(Workbench.binary) init --station $station --issuer https://example.com \
                    --no-passphrase >out.$n 2>err.$n; echo $? >status.$n) &
            done
            wait; cat err.1 err.2 >&2; sort -n status.1 status.2 | tr '\\n' ' '
            """)
    }

    @Test func `of two inits at once one makes the station and the other leaves it alone`()
        async throws
    {
        let bench = try Workbench()
        for round in 0..<20 {
            let answer = try await Self.initializeTwice(
                bench, in: "\(round)", stations: ["station", "station"])
            #expect(["0 73 ", "0 75 "].contains(answer.output), "\(answer.errors)")
            let audit = try await bench.coldmint("--station", "\(round)/station", "audit")
            #expect(audit.status == 0, "\(audit.errors)")
            #expect(
                bench.names(in: "\(round)/station") == ["keys", "ledger.sqlite", "station.yaml"])
        }
    }

    /// Whatever the moment, a station is there whole or the next init makes one.
    @Test(.needsStrace) func `an init that was killed while it moved its parts is begun anew`()
        async throws
    {
        for occurrence in 1...20 {
            let bench = try Workbench()
            let killed = try await Self.initialize(
                bench, hitting: "renameat2", "signal=KILL:when=\(occurrence)")
            if killed.status == 0 {
                #expect(occurrence > 5)
                break
            }
            let isThere = bench.names(in: "station").contains("station.yaml")
            let next = try await bench.coldmint(
                "init", "--issuer", "https://example.com", "--no-passphrase")
            #expect(next.status == (isThere ? 73 : 0), "rename \(occurrence): \(next.errors)")
            try bench.drop(request, as: "a.json")
            #expect(try await bench.coldmint("run").status == 0)
            #expect(try await bench.coldmint("audit").status == 0)
            #expect(bench.names(in: "station/keys").count == 1)
        }
    }

    @Test(arguments: [
        "ln -s ../docs station/.init", "mkdir station/.init && cp docs/* station/.init",
    ])
    func `an init removes nothing that coldmint has not made`(planted: String) async throws {
        let bench = try Workbench()
        let prepared = try await bench.shell(
            "mkdir docs station; echo x >docs/thesis; \(planted); ls -A station/.init/")
        #expect(prepared.output == "thesis\n")
        let made = try await bench.coldmint(
            "init", "--issuer", "https://example.com", "--no-passphrase")
        #expect(made.status == 78, "\(made.errors)")
        #expect(made.errors.contains("station/.init"))
        #expect(bench.names(in: "docs") == ["thesis"])
        #expect(try await bench.shell("ls station/.init/").output == "thesis\n")
        #expect(bench.names(in: "station") == [".init"])
    }

    @Test func `two stations that are made at once beside each other do not share an inbox`()
        async throws
    {
        let bench = try Workbench()
        for round in 0..<10 {
            let answer = try await Self.initializeTwice(
                bench, in: "\(round)", stations: ["s1", "s2"])
            #expect(["0 73 ", "0 75 "].contains(answer.output), "\(answer.errors)")
            let stations = try await bench.shell("ls \(round)/*/station.yaml | wc -l")
            #expect(stations.output == "1\n")
        }
    }

    @Test func `a folder that others can write to becomes no station`() async throws {
        let bench = try Workbench()
        _ = try await bench.shell("mkdir station && chmod 777 station")
        let made = try await bench.coldmint(
            "init", "--issuer", "https://example.com", "--no-passphrase")
        #expect(made.status == 78)
        #expect(made.errors.contains("chmod go-w station"), "\(made.errors)")
        #expect(bench.names(in: "station") == [])
    }
}
