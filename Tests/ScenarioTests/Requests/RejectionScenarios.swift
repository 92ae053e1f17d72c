import Foundation
import Support
import Testing

@Suite struct RejectionScenarios {
    @Test func `a receipt lists every problem with its place, and check says the same`()
        async throws
    {
        let bench = try await Workbench.withStation()
        let text = #"""
            { "requestId": "r-9", "name": "Acme ",
              "customer": "Müller GmbH",
              "payload": { "\u0065xp": 1, "n": 9007199254740992, "m": 1e400,
                           "d": { "a": 1, "\u0061": 2 } },
              "notBefore": "2027-02-30" }
            """#
        try bench.drop(text, as: "bad.json")
        let check = try await bench.coldmint("check", "--json", "inbox/bad.json")
        #expect(check.status == 65)
        #expect(try await bench.coldmint("run").status == 65)
        let receipt = try bench.receipt(of: "bad.json")
        #expect(receipt["outcome"].string == "rejected")
        let problems = receipt["problems"].elements.map {
            "\($0["code"]) \($0["pointer"]) \($0["line"]):\($0["column"])"
        }
        #expect(
            problems == [
                "invalid-value /name 1:31", "invalid-value /customer 2:15",
                "reserved-claim /payload/exp 3:16", "unsafe-number /payload/n 3:36",
                "unsafe-number /payload/m 3:59", "duplicate-member /payload/d/a 4:31",
                "invalid-date /notBefore 5:16",
            ])
        #expect(receipt["problems"][0]["requestId"].string == "r-9")
        #expect(try check.json()[0]["problems"].canonical == receipt["problems"].canonical)
        #expect(bench.names(in: "outbox") == [])
        #expect(bench.names(in: "inbox/accepted") == [])
    }

    @Test(arguments: [
        ("null", "wrong-type", "/payload", 1, 39), ("[]", "wrong-type", "/payload", 1, 39),
        (#""x""#, "wrong-type", "/payload", 1, 39),
        (#"{"exp":1}"#, "reserved-claim", "/payload/exp", 1, 40),
        (#"{"a":9007199254740992}"#, "unsafe-number", "/payload/a", 1, 44),
        (#"{"a":1e400}"#, "unsafe-number", "/payload/a", 1, 44),
        (#"{"a":{"b":1,"b":2}}"#, "duplicate-member", "/payload/a/b", 1, 51),
    ])
    func `a bad payload is refused with code, pointer, line and column`(
        payload: String, code: String, pointer: String, line: Int, column: Int
    ) async throws {
        let bench = try Workbench()
        let request = #"{"name":"A","customer":"a","payload": \#(payload)}"#
        let answer = try await bench.coldmint("check", "--json", "-", input: request)
        #expect(answer.status == 65)
        let problems = try answer.json()[0]["problems"]
        #expect(problems.elements.count == 1)
        #expect(problems[0]["code"].string == code)
        #expect(problems[0]["pointer"].string == pointer)
        #expect(problems[0]["line"].integer == line)
        #expect(problems[0]["column"].integer == column)
    }

    @Test func `a payload that no token could carry is refused at once`() async throws {
        let bench = try await Workbench.withStation()
        let payload = #"{"a":"\#(String(repeating: "x", count: 8 << 20))"}"#
        try bench.drop(#"{"name":"A","customer":"a","payload":\#(payload)}"#, as: "a.json")
        #expect(try await bench.coldmint("run").status == 65)
        let problem = try bench.receipt(of: "a.json")["problems"][0]
        #expect(problem["code"].string == "too-large")
        #expect(problem["pointer"].string == "/payload")
    }

    /// A user who is not the file's owner is not told by the system who is writing it.
    @Test(.needsRoot("the command runs as another user"))
    func `another user's half-written file is waited for too`() async throws {
        let bench = try await Workbench.withStation()
        let answer = try await bench.shell(
            """
            install -m 755 \(Workbench.binary) /tmp/coldmint-$$ && chmod 711 . &&
            chown -R 65534 station inbox outbox && exec 3>inbox/w.json && printf '{"name":"W",' >&3 &&
            as() { setpriv --reuid 65534 --clear-groups /tmp/coldmint-$$ run --json 3>&-; } &&
            as && printf '"customer":"w","payload":{}}' >&3 && exec 3>&- && as; code=$?
            rm /tmp/coldmint-$$; exit $code
            """)
        #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
        let reports = try answer.output.split(separator: "\n").map { try JSONTree(String($0)) }
        #expect(reports.compactMap { $0["waiting"].integer } == [1, 0])
        #expect(reports.compactMap { $0["accepted"].integer } == [0, 1])
    }

    @Test func `odd files are refused with a receipt and the others are issued`() async throws {
        let bench = try await Workbench.withStation()
        let setUp = try await bench.shell(
            """
            cd inbox && mkfifo fifo.json && mkdir folder.json && ln -s /etc/passwd link.json &&
            echo '{}' >../other && ln ../other hard.json && : >empty.json &&
            python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket.json")' &&
            truncate -s 1G huge.json && echo '{}' >notes.txt &&
            { mknod device.json c 1 3 || mkfifo device.json; }
            """)
        #expect(setUp.status == 0, "\(setUp.errors)")
        try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "good.json")
        let run = try await bench.coldmint("run", "--json")
        #expect(run.status == 65)
        #expect(try run.json()["accepted"].integer == 1)
        #expect(try run.json()["rejected"].integer == 8)
        for name in ["fifo", "folder", "link", "hard", "socket", "device"] {
            let problem = try bench.receipt(of: "\(name).json")["problems"][0]
            #expect(problem["code"].string == "not-a-regular-file", "\(name)")
        }
        #expect(try bench.receipt(of: "huge.json")["problems"][0]["code"].string == "too-large")
        #expect(try bench.receipt(of: "empty.json")["problems"][0]["code"].string == "invalid-json")
        #expect(run.errors.contains("notes.txt"))
        #expect(bench.names(in: "inbox").contains("notes.txt"))
    }

    @Test func `odd names are kept and shown on one line`() async throws {
        let bench = try await Workbench.withStation()
        let setUp = try await bench.shell(
            #"""
            cd inbox && printf '{' >$'new\nline.json' && printf '{' >$'esc\x1b[31m.json' &&
            printf '{' >$'bad\xff.json' && printf '{' >"$(printf 'x%.0s' {1..250}).json"
            """#)
        #expect(setUp.status == 0, "\(setUp.errors)")
        let run = try await bench.coldmint("run", "--json")
        #expect(try run.json()["rejected"].integer == 4)
        #expect(run.errors.contains(#"(file: new\x0aline.json, "#))
        #expect(!run.errors.contains("\u{1b}"))
        #expect(bench.names(in: "inbox/.claimed") == [])
        let kept = try await bench.shell("ls -1b inbox/rejected | wc -l")
        #expect(kept.output.contains("8"))
    }

    @Test func `a file that somebody is writing is waited for`() async throws {
        let bench = try await Workbench.withStation()
        let path = bench.path + "/inbox/slow.json"
        try Data(#"{"name":"Slow","customer":"slow","#.utf8).write(to: URL(filePath: path))
        let writer = try FileHandle(forWritingTo: URL(filePath: path))
        try writer.seekToEnd()
        let early = try await bench.coldmint("run", "--json")
        #expect(early.status == 0)
        #expect(try early.json()["waiting"].integer == 1)
        try writer.write(contentsOf: Data(#""payload":{}}"#.utf8))
        try writer.close()
        let late = try await bench.coldmint("run", "--json")
        #expect(try late.json()["accepted"].integer == 1)
        #expect(try bench.receipt(of: "slow.json")["outcome"].string == "accepted")
    }
}
