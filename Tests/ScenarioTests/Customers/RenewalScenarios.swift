import Support
import Testing

@Suite(.tags(.manyRuns), .long) struct RenewalScenarios {
    private static func bench(_ drop: String) async throws -> Workbench {
        let bench = try Workbench()
        _ = try await bench.coldmint(
            at: "2026-12-01 08:00:00", "init", "--issuer", "https://licenses.example.com",
            "--no-passphrase")
        try bench.drop(drop, as: "orders.json")
        let run = try await bench.coldmint(at: "2026-12-01 08:00:00", "run")
        try #require(run.status == 0, "\(run.errors)")
        return bench
    }

    private static func license(_ name: String, until end: String) -> String {
        #"{"name":"\#(name)","customer":"a","expiresAt":"\#(end)","payload":{"n":1.10}}"#
    }

    @Test(arguments: [
        ("2027-02-28", "1y", "2028-02-28T00:00:00Z"), ("2028-02-29", "1y", "2029-02-28T00:00:00Z"),
        ("2027-08-31", "6m", "2028-02-29T00:00:00Z"), ("2027-01-31", "1m", "2027-02-28T00:00:00Z"),
        ("2027-12-31T23:59:59Z", "90d", "2028-03-30T23:59:59Z"),
        ("2027-03-01", "9999y", nil),
    ])
    func `a renewal begins at once and ends so much later as is said`(
        end: String, period: String, expected: String?
    ) async throws {
        let bench = try await Self.bench("[\(Self.license("A", until: end))]")
        let answer = try await bench.coldmint(
            at: "2026-12-01 09:00:00", "renewals", "--within", "800", "--extend", period)
        #expect(answer.status == 0)
        let request = try answer.json()[0]
        #expect(request["expiresAt"].string == expected)
        guard expected != nil else {
            #expect(answer.errors == "coldmint: 0 renewals, 1 left out, past the year 9999\n")
            return
        }
        #expect(request["notBefore"].string == "2026-12-01T00:00:00Z")
        #expect(answer.output.contains(#""payload":{"n":1.10}}"#))
        try bench.write(answer.output, to: "inbox/renewal.json")
        #expect(try await bench.coldmint(at: "2026-12-01 09:00:00", "run").status == 0)
    }

    @Test func `names follow from the old ones and stay within their limit`() async throws {
        let long = String(repeating: "🔑", count: 199) + "x"
        let names = ["Plain", "Plain, from 2026-12-01", "Plain, from home", long]
        let drop = names.map { Self.license($0, until: "2027-12-01") }.joined(separator: ",")
        let bench = try await Self.bench("[\(drop)]")
        let answer = try await bench.coldmint(
            at: "2027-11-01 09:00:00", "renewals", "--within", "60")
        #expect(
            try answer.json().elements.compactMap { $0["name"].string } == [
                "Plain, until 2028-12-01", "Plain, from 2026-12-01, until 2028-12-01",
                "Plain, from home, until 2028-12-01",
                String(repeating: "🔑", count: 182) + ", until 2028-12-01",
            ])
        try bench.write(answer.output, to: "inbox/renewals.json")
        #expect(try await bench.coldmint(at: "2027-11-01 09:00:00", "run").status == 0)
        let again = try await bench.coldmint(
            at: "2027-11-02 09:00:00", "renewals", "--within", "60")
        #expect(again.output == "[]\n")
    }

    @Test func `only what ends soon is renewed, and one customer's where that is said`()
        async throws
    {
        let drop = [
            Self.license("Soon", until: "2027-01-10"), Self.license("Later", until: "2027-06-01"),
            Self.license("Other", until: "2027-01-05").replacing(#""a""#, with: #""b""#),
        ]
        let bench = try await Self.bench("[\(drop.joined(separator: ","))]")
        func names(_ arguments: String...) async throws -> [String] {
            let answer = try await bench.run(
                "faketime",
                ["-f", "2027-01-01 08:00:00", Workbench.binary, "renewals"] + arguments,
                environment: ["TZ": "UTC"])
            return try answer.json().elements.compactMap { $0["name"].string }
        }
        #expect(
            try await names("--within", "30") == [
                "Other, until 2028-01-05", "Soon, until 2028-01-10",
            ])
        #expect(try await names("--within", "30", "--customer", "b") == ["Other, until 2028-01-05"])
        #expect(try await names("--within", "3") == [])
        #expect(
            try await names("--within", "5", "--from-end") == ["Other, from 2027-01-05"])
    }

    @Test func `a renewal from the end joins on, and is known by the name that it always had`()
        async throws
    {
        let bench = try await Self.bench("[\(Self.license("A", until: "2027-03-01"))]")
        let joined = try await bench.coldmint(
            at: "2027-02-01 09:00:00", "renewals", "--within", "60", "--from-end")
        let request = try joined.json()[0]
        #expect(request["name"].string == "A, from 2027-03-01")
        #expect(request["notBefore"].string == "2027-03-01T00:00:00Z")
        #expect(request["expiresAt"].string == "2028-03-01T00:00:00Z")
        // As a station of before there was supersedes has issued it.
        try bench.drop(
            #"{"name":"A, from 2027-03-01","customer":"a","notBefore":"2027-03-01","payload":{}}"#,
            as: "old.json")
        #expect(try await bench.coldmint(at: "2027-02-01 10:00:00", "run").status == 0)
        let again = try await bench.coldmint(
            at: "2027-02-01 11:00:00", "renewals", "--within", "60")
        #expect(again.output == "[]\n")
        #expect(again.errors.contains("1 issued already"))
    }

    @Test func `what has ended is renewed only where that is said, from today on`() async throws {
        let drop = [
            Self.license("Ended", until: "2027-02-20"),
            Self.license("Long over", until: "2027-01-01"),
            Self.license("Running", until: "2027-03-10"),
        ]
        let bench = try await Self.bench("[\(drop.joined(separator: ","))]")
        func renewals(_ arguments: String...) async throws -> JSONTree {
            try await bench.run(
                "faketime",
                ["-f", "2027-03-01 08:00:00", Workbench.binary, "renewals", "--within", "30"]
                    + arguments, environment: ["TZ": "UTC"]
            ).json()
        }
        #expect(
            try await renewals().elements.compactMap { $0["name"].string } == [
                "Running, until 2028-03-10"
            ])
        let ended = try await renewals("--ended", "14").elements
        #expect(
            ended.compactMap { $0["name"].string } == [
                "Ended, until 2028-02-20", "Running, until 2028-03-10",
            ])
        #expect(ended[0]["notBefore"].string == "2027-03-01T00:00:00Z")
        // What ended longer ago than the new term lasts begins a term of its own.
        let all = try await renewals("--ended", "365", "--extend", "1m").elements
        #expect(all[0]["expiresAt"].string == "2027-04-01T00:00:00Z")
        #expect(all[1]["expiresAt"].string == "2027-03-20T00:00:00Z")
    }

    @Test func `another customer's names do not keep a license from being renewed`() async throws {
        let other = Self.license("X, until 2028-01-10", until: "2040-01-01")
            .replacing(#""a""#, with: #""b""#)
        let drop = [
            Self.license("X", until: "2027-01-10"), other,
            Self.license("X, from 2026-01-01", until: "2027-01-10").replacing(
                #""a""#, with: #""c""#),
        ]
        let bench = try await Self.bench("[\(drop.joined(separator: ","))]")
        let proposed = try await bench.coldmint(
            at: "2027-01-01 08:00:00", "renewals", "--within", "30")
        let names = try proposed.json().elements.compactMap { $0["name"].string }
        #expect(names == ["X (2), until 2028-01-10", "X, from 2026-01-01, until 2028-01-10"])
        try bench.write(proposed.output, to: "inbox/renewals.json")
        #expect(try await bench.coldmint(at: "2027-01-01 09:00:00", "run").status == 0)
        let again = try await bench.coldmint(
            at: "2027-01-02 08:00:00", "renewals", "--within", "30")
        #expect(again.output == "[]\n")
    }

    @Test func `a renewal is no longer than the product is sold for`() async throws {
        let bench = try await Self.bench("[\(Self.license("Other", until: "2030-01-01"))]")
        try bench.sell(#"{"payload":{},"term":{"default":"30d","maximum":"30d"}}"#, as: "trial")
        try bench.drop(
            #"{"name":"T","customer":"a","product":"trial","payload":{}}"#, as: "t.json")
        #expect(try await bench.coldmint(at: "2026-12-01 09:00:00", "run").status == 0)
        for (time, ended, term) in [
            ("2026-12-20 09:00:00", "1", ["2026-12-31T00:00:00Z", "2027-01-30T00:00:00Z"]),
            ("2027-06-01 09:00:00", "365", ["2027-06-01T00:00:00Z", "2027-07-01T00:00:00Z"]),
        ] {
            let renewal = try await bench.coldmint(
                at: time, "renewals", "--within", "30", "--ended", ended)
            let request = try renewal.json()[0]
            #expect([request["notBefore"].string, request["expiresAt"].string] == term)
            try bench.write(renewal.output, to: "renewal.json")
            let check = try await bench.coldmint(
                at: time, "check", "--station", "station", "renewal.json")
            #expect(check.status == 0, "\(check.output)")
        }
    }

    @Test func `a renewal joins on where the product is not sold for longer`() async throws {
        let bench = try await Self.bench("[\(Self.license("Other", until: "2030-01-01"))]")
        try bench.sell(#"{"payload":{},"term":{"default":"1y","maximum":"1y"}}"#, as: "server")
        try bench.drop(
            #"{"name":"P","customer":"a","product":"server","payload":{}}"#, as: "p.json")
        #expect(try await bench.coldmint(at: "2026-12-01 09:00:00", "run").status == 0)
        let renewal = try await bench.coldmint(
            at: "2027-11-01 09:00:00", "renewals", "--within", "60")
        let request = try renewal.json()[0]
        #expect(request["notBefore"].string == "2027-12-01T00:00:00Z")
        #expect(request["expiresAt"].string == "2028-12-01T00:00:00Z")
        try bench.write(renewal.output, to: "inbox/renewal.json")
        #expect(try await bench.coldmint(at: "2027-11-01 09:00:00", "run").status == 0)
        let receipt = try await bench.shell("cat inbox/accepted/*renewal.json.receipt.json").json()
        #expect(
            receipt["results"][0]["note"].string
                == "do not install before 2027-12-01T00:00:00Z; keep the present one until then")
    }

    @Test(arguments: [
        ["--within", "0"], [], ["--within", "3", "--extend", "1w"],
        ["--within", "3", "--ended", "-1"],
    ])
    func `what cannot be meant is wrong usage`(arguments: [String]) async throws {
        let bench = try await Workbench.withStation()
        let answer = try await bench.run(Workbench.binary, ["renewals"] + arguments)
        #expect(answer.status == 64)
    }
}
