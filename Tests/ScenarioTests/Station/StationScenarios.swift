import Foundation
import Support
import Testing

private let request = #"{"name":"A","customer":"a","payload":{}}"#

@Suite struct StationScenarios {
    @Test(arguments: [
        ("init", 64), ("init --issuer https://example.com", 64),
        ("init --issuer nowhere --no-passphrase", 64), ("frobnicate", 64),
        ("run --no-such-flag", 64), ("run", 78), ("list", 78), ("show A", 78),
        ("check nowhere.json", 66), ("verify nowhere.tar", 66),
        ("verify --public-key nowhere.pem x", 66), ("--help", 0), ("--version", 0),
        ("run --help", 0),
    ])
    func `each kind of failure has its exit status`(line: String, status: Int32) async throws {
        let bench = try Workbench()
        let arguments = line.split(separator: " ").map(String.init)
        let answer = try await bench.run(Workbench.binary, arguments)
        #expect(answer.status == status)
        #expect((status == 0 ? answer.errors : answer.output) == "")
        #expect((status == 0 ? answer.output : answer.errors) != "")
    }

    @Test func `the station is found by option, by environment, and in the folder`() async throws {
        let bench = try await Workbench.withStation()
        let path = "\(bench.path)/station"
        for arguments in [["--station", path, "list"], ["list", "--station", path]] {
            #expect(try await bench.run(Workbench.binary, arguments).status == 0)
        }
        let elsewhere = try await bench.run(
            "/bin/sh", ["-c", "cd / && \(Workbench.binary) list"],
            environment: ["COLDMINT_STATION": path])
        #expect(elsewhere.status == 0)
        let nowhere = try await bench.run("/bin/sh", ["-c", "cd / && \(Workbench.binary) list"])
        #expect(nowhere.status == 78)
        #expect(nowhere.errors.contains("no station here"))
    }

    @Test func `a key file that others can read is refused with the command that mends it`()
        async throws
    {
        let bench = try await Workbench.withStation()
        try bench.drop(request, as: "a.json")
        for (line, hint) in [
            ("chmod 644 station/keys/*", "run 'chmod 600 "),
            ("chmod 755 station/keys", "run 'chmod 700 "),
        ] {
            _ = try await bench.shell(line)
            let run = try await bench.coldmint("run")
            #expect(run.status == 77)
            #expect(run.errors.contains(hint))
            _ = try await bench.shell("chmod 700 station/keys; chmod 600 station/keys/*")
        }
        #expect(bench.names(in: "inbox").contains("a.json"))
        #expect(try await bench.coldmint("run").status == 0)
    }

    @Test func `a second run at the same time is told to try again`() async throws {
        let bench = try await Workbench.withStation()
        let run = try await bench.shell("flock station/lock \(Workbench.binary) run")
        #expect(run.status == 75)
        #expect(run.errors.contains("another run is at work"))
    }

    @Test func `a clock behind the ledger stops the run until it is accepted`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(request, as: "a.json")
        _ = try await bench.coldmint("run")
        let future = try await bench.shell(
            "python3 -c \"import sqlite3; c = sqlite3.connect('station/ledger.sqlite'); c.execute('UPDATE run SET started_at = started_at + 3600'); c.commit()\""
        )
        #expect(future.status == 0, "\(future.errors)")
        try bench.drop(request.replacing("\"A\"", with: "\"B\""), as: "b.json")
        let refused = try await bench.coldmint("run")
        #expect(refused.status == 75)
        #expect(refused.errors.contains("--accept-clock"))
        #expect(bench.names(in: "inbox").contains("b.json"))
        #expect(try await bench.coldmint("run", "--accept-clock").status == 0)
        #expect(try await bench.coldmint("run").status == 0)
    }

    @Test func `a clock is accepted even where nothing was dropped`() async throws {
        let bench = try Workbench()
        let made = try await bench.coldmint(
            at: "2031-12-01 09:00:00", "init", "--issuer", "https://licenses.example.com",
            "--no-passphrase")
        try #require(made.status == 0, "\(made.errors)")
        try bench.drop(request, as: "a.json")
        let wrong = "2031-12-20 09:00:00"
        let right = "2031-12-02 09:00:00"
        #expect(try await bench.coldmint(at: wrong, "run").status == 0)
        #expect(try await bench.coldmint(at: right, "run").status == 75)
        #expect(try await bench.coldmint(at: right, "run", "--accept-clock").status == 0)
        #expect(try await bench.coldmint(at: right, "run").status == 0)
        let audit = try await bench.coldmint("audit")
        #expect(audit.status == 0, "\(audit.output)")
    }

    @Test func `a ledger of an earlier version is brought up to date by a run that has the lock`()
        async throws
    {
        let bench = try await Workbench.withStation(ofLedgerVersion: 6)
        let before = try bench.readBytes("station/ledger.sqlite")
        for command in ["list", "status", "audit", "keys list"] {
            let looking = try await bench.shell("flock station/lock \(Workbench.binary) \(command)")
            #expect(looking.status == 0, "\(looking.errors)")
        }
        let busy = try await bench.shell("flock station/lock \(Workbench.binary) run")
        #expect(busy.status == 75, "\(busy.errors)")
        #expect(try bench.readBytes("station/ledger.sqlite") == before)
        #expect(try await bench.coldmint("run").status == 0)
        #expect(try bench.readBytes("station/ledger.sqlite") != before)
        #expect(try await bench.coldmint("audit").status == 0)
    }

    @Test(arguments: ["station", "station/ledger.sqlite", "station/station.yaml"])
    func `a station that others can change issues nothing`(part: String) async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(request, as: "a.json")
        _ = try await bench.shell("chmod go+w \(part)")
        for command in [["run"], ["keys", "generate", "--yes"]] {
            let answer = try await bench.run(Workbench.binary, command)
            #expect(answer.status == 78)
            #expect(answer.errors.contains("chmod go-w \(part)"), "\(answer.errors)")
        }
        #expect(try await bench.coldmint("audit").status == 65)
        _ = try await bench.shell("chmod go-w \(part)")
        #expect(try await bench.coldmint("run").status == 0)
    }

    @Test func `a ledger that others can read is warned of`() async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.shell("chmod go+r station/ledger.sqlite")
        let run = try await bench.coldmint("run", "--quiet")
        #expect(run.status == 0)
        #expect(run.errors.contains("chmod 600 station/ledger.sqlite"), "\(run.errors)")
        let audit = try await bench.coldmint("audit")
        #expect(audit.status == 65)
        #expect(audit.output.contains("others can read customers and tokens"))
    }

    @Test func `a pipe in the place of the configuration is refused`() async throws {
        let bench = try await Workbench.withStation()
        let list = try await bench.shell(
            "rm station/station.yaml && mkfifo station/station.yaml; timeout 10 \(Workbench.binary) list"
        )
        #expect(list.status == 78, "\(list.errors)")
    }

    @Test func `without an outbox nothing is issued`() async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.shell("rm -r outbox")
        try bench.drop(request, as: "a.json")
        let run = try await bench.coldmint("run")
        #expect(run.status == 75)
        #expect(run.errors.contains("outbox: the outbox is not there: make or mount it"))
        #expect(try await bench.coldmint("list").output == "")
        #expect(bench.names(in: "inbox").contains("a.json"))
    }

    @Test(.needsRoot("the command runs as another user"))
    func `another user is not told to make a station`() async throws {
        let bench = try await Workbench.withStation()
        let answer = try await bench.shell(
            """
            install -m 755 \(Workbench.binary) /tmp/coldmint-$$ && chmod 711 . &&
            setpriv --reuid 65534 --clear-groups /tmp/coldmint-$$ list; code=$?
            rm /tmp/coldmint-$$; exit $code
            """)
        #expect(answer.status == 78)
        #expect(answer.errors.contains("station.yaml: permission denied: check its owner and mode"))
    }

    @Test func `an emptied ledger is damaged, not new`() async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.shell(": >station/ledger.sqlite")
        for command in ["list", "run", "status"] {
            let answer = try await bench.coldmint(command)
            #expect(answer.status == 74)
            #expect(answer.errors.contains("restore it from a backup"))
        }
        #expect(try await bench.shell("stat -c %s station/ledger.sqlite").output == "0\n")
    }

    @Test func `one customer's trouble in the outbox does not stop the others`() async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.shell("mkdir outbox/a && echo junk >outbox/a/a-000001.tar")
        try bench.drop(request, as: "a.json")
        try bench.drop(#"{"name":"B","customer":"b","payload":{}}"#, as: "b.json")
        let run = try await bench.coldmint("run")
        #expect(run.status == 74)
        #expect(run.errors.contains("another bundle of this name lies there"))
        #expect(bench.names(in: "outbox/b") == ["b-000001.tar"])
        try bench.drop(#"{"name":"C","customer":"c","payload":{}}"#, as: "c.json")
        #expect(try await bench.coldmint("run").status == 74)
        #expect(bench.names(in: "outbox/c") == ["c-000002.tar"])
        #expect(try bench.receipt(of: "c.json")["outcome"].string == "accepted")
        _ = try await bench.shell("rm outbox/a/a-000001.tar")
        #expect(try await bench.coldmint("run").status == 0)
        #expect(bench.names(in: "outbox/a") == ["a-000001.tar"])
        #expect(bench.names(in: "inbox/.claimed") == [])
        #expect(try await bench.coldmint("list").output.split(separator: "\n").count == 3)
    }

    @Test func `output that cannot be written is an input-output error of its own`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(request, as: "a.json")
        _ = try await bench.coldmint("run")
        let answer = try await bench.shell("\(Workbench.binary) list >/dev/full")
        #expect(answer.status == 74)
        #expect(
            answer.errors
                == "coldmint: standard output cannot be written: No space left on device\n")
    }

    @Test func `rules of the station's own are kept`() async throws {
        let bench = try await Workbench.withStation()
        try bench.write(
            """
            issuer: https://licenses.example.com
            outbox: ../elsewhere
            reservedClaims: [tenant]
            maximumDropBytes: 200
            """, to: "station/station.yaml")
        _ = try await bench.shell("mkdir elsewhere")
        try bench.drop(#"{"name":"A","customer":"a","payload":{"tenant":1}}"#, as: "a.json")
        try bench.drop(String(repeating: " ", count: 201), as: "b.json")
        try bench.drop(request, as: "c.json")
        #expect(try await bench.coldmint("run").status == 65)
        #expect(try bench.receipt(of: "a.json")["problems"][0]["code"].string == "reserved-claim")
        #expect(try bench.receipt(of: "b.json")["problems"][0]["code"].string == "too-large")
        #expect(bench.names(in: "elsewhere/a") == ["a-000001.tar"])
        try bench.write("issuer: https://a.example\nisuer: x\n", to: "station/station.yaml")
        let wrong = try await bench.coldmint("run")
        #expect(wrong.status == 78)
        #expect(wrong.errors.contains("there is no setting 'isuer'"))
    }

    @Test func `names and ids that are not there are said to be missing`() async throws {
        let bench = try await Workbench.withStation()
        for command in ["show", "token"] {
            let answer = try await bench.coldmint(command, "nothing")
            #expect(answer.status == 66)
            #expect(answer.output == "")
            #expect(answer.errors.contains("'nothing'"))
        }
    }
}
