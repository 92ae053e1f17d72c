import Foundation
import Support
import Testing

/// The vendor's view of what was issued.
@Suite(.tags(.manyRuns), .long) struct ListingScenarios {
    private static func bench() async throws -> Workbench {
        let bench = try Workbench()
        _ = try await bench.coldmint(
            at: "2026-12-01 08:00:00", "init", "--issuer", "https://licenses.example.com",
            "--no-passphrase")
        try bench.drop(
            """
            [{"name":"Acme one","customer":"acme","expiresAt":"2027-12-01","payload":{}},
             {"name":"Acme two","customer":"acme","expiresAt":"2027-06-01","payload":{}},
             {"name":"Zeta [1]","customer":"zeta","expiresAt":"2027-03-01","payload":{}},
             {"name":"Zeta *","customer":"zeta","notBefore":"2028-01-01","expiresAt":"2029-01-01","payload":{}}]
            """, as: "orders.json")
        _ = try await bench.coldmint(at: "2026-12-01 08:00:00", "run")
        let id = try bench.receipt(of: "orders.json")["results"][0]["license"].string ?? ""
        try bench.drop(
            #"{"action":"delete","license":"\#(id)","name":"Acme one"}"#, as: "delete.json")
        _ = try await bench.coldmint(at: "2026-12-02 08:00:00", "run")
        return bench
    }

    @Test func `filters choose licenses, alone and together`() async throws {
        let bench = try await Self.bench()
        let cases: [([String], [String])] = [
            ([], ["Acme one", "Acme two", "Zeta [1]", "Zeta *"]),
            (["--customer", "zeta"], ["Zeta [1]", "Zeta *"]),
            (["--deleted"], ["Acme one"]),
            (["--expired"], ["Zeta [1]"]),
            (["--expiring", "60"], ["Acme two"]),
            (["--expiring", "36500"], ["Acme two", "Zeta *"]),
            (["--name", "*one"], ["Acme one"]),
            (["--name", "Zeta [[]1]"], ["Zeta [1]"]),
            (["--name", "[!A]*"], ["Zeta [1]", "Zeta *"]),
            (["--customer", "acme", "--name", "*o*"], ["Acme one", "Acme two"]),
            (["--limit", "3"], ["Acme one", "Acme two", "Zeta [1]"]),
            (["--customer", "nobody"], []),
        ]
        for (arguments, expected) in cases {
            let answer = try await bench.run(
                "faketime",
                ["--exclude-monotonic", "-f", "2027-05-01 08:00:00", Workbench.binary, "list"]
                    + arguments + ["--json"], environment: ["TZ": "UTC"])
            #expect(
                try answer.json().elements.compactMap { $0["name"].string } == expected,
                "\(arguments)")
        }
    }

    @Test(arguments: [
        ["--expired", "--deleted"], ["--expiring", "5", "--expired"], ["--expiring", "0"],
        ["--expiring", "soon"], ["--limit", "0"],
    ])
    func `filters that make no sense are wrong usage`(arguments: [String]) async throws {
        let bench = try await Workbench.withStation()
        let answer = try await bench.run(Workbench.binary, ["list"] + arguments)
        #expect(answer.status == 64)
    }

    @Test func `programs get fields divided by tabs and people a table`() async throws {
        let bench = try await Self.bench()
        let plain = try await bench.coldmint(at: "2027-05-01 08:00:00", "list")
        let lines = plain.output.split(separator: "\n").map { $0.split(separator: "\t") }
        #expect(lines.map { $0[1] } == ["deleted", "valid", "expired", "not yet valid"])
        #expect(lines[1][2...] == ["2027-06-01T00:00:00Z", "acme", "Acme two"])
        let table = try await bench.shell(
            "script -qec '\(Workbench.binary) list' /dev/null | tr -d '\\r'")
        let rows = table.output.split(separator: "\n")
        #expect(rows.count == 5)
        #expect(rows[0].hasPrefix("ID                                    STATE"))
        let column = try #require(rows[0].range(of: "NAME")).lowerBound
        let width = rows[0].distance(from: rows[0].startIndex, to: column)
        #expect(rows.allSatisfy { $0.prefix(width).hasSuffix("  ") })
        #expect(rows[4].hasSuffix("2029-01-01  zeta      Zeta *"))
    }

    @Test func `show tells people everything, line by line`() async throws {
        let bench = try await Self.bench()
        let shown = try await bench.coldmint(at: "2027-05-01 08:00:00", "show", "Acme two")
        let lines = shown.output.split(separator: "\n")
        #expect(
            lines.map { $0.prefix { $0 != " " } } == [
                "id", "name", "customer", "state", "valid", "expires", "issued", "key", "run",
                "payload", "bundles", "token", "history",
            ])
        #expect(
            lines.last?.contains(
                "2026-12-01T08:00:00Z  issued, in acme/acme-000001.tar  (orders.json, ") == true)
    }

    @Test func `a reader that takes its time holds no run up`() async throws {
        let bench = try await Workbench.withStation()
        let many = (0..<3000).map { #"{"name":"L\#($0)","customer":"a","payload":{"x":"\#($0)"}}"# }
        try bench.drop("[\(many.joined(separator: ","))]", as: "many.json")
        _ = try await bench.coldmint("run")
        let answer = try await bench.shell(
            """
            \(Workbench.binary) list --json | (
                read -r first; echo '{"name":"New","customer":"b","payload":{}}' >inbox/new.json
                timeout 9 \(Workbench.binary) run >&2; echo $?; cat | wc -l)
            """)
        #expect(answer.output == "0\n3002\n", "\(answer.errors)")
        #expect(try await bench.shell("\(Workbench.binary) list | head -1 | wc -l").output == "1\n")
    }

    @Test func `list, show and token answer while a watch is at work`() async throws {
        let bench = try await Workbench.withStation()
        let stopped = try await bench.whileRunning(["watch"]) { watch in
            for round in 0..<20 {
                let text = #"{"name":"L\#(round)","customer":"a","payload":{"n":\#(round)}}"#
                try bench.drop(text, as: "\(round).json")
                try await bench.wait(for: "receipt \(round)") {
                    try bench.receipts(of: "\(round).json").count == 1
                }
                #expect(
                    try await bench.coldmint("list", "--json").json().elements.count == round + 1)
                #expect(try await bench.coldmint("show", "L\(round)", "--json").status == 0)
                #expect(try await !bench.coldmint("token", "L\(round)").output.isEmpty)
            }
            try watch.terminate()
        }
        #expect(stopped.status == 0)
    }
}
