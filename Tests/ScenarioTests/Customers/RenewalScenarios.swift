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
    func `a renewal begins where the license ends and lasts as long as is said`(
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
        let full = end.count == 10 ? end + "T00:00:00Z" : end
        #expect(request["notBefore"].string == full)
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
                "Plain, from 2027-12-01", "Plain, from 2026-12-01, from 2027-12-01",
                "Plain, from home, from 2027-12-01",
                String(repeating: "🔑", count: 183) + ", from 2027-12-01",
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
                "Other, from 2027-01-05", "Soon, from 2027-01-10",
            ])
        #expect(try await names("--within", "30", "--customer", "b") == ["Other, from 2027-01-05"])
        #expect(try await names("--within", "3") == [])
    }

    @Test(arguments: [["--within", "0"], [], ["--within", "3", "--extend", "1w"]])
    func `what cannot be meant is wrong usage`(arguments: [String]) async throws {
        let bench = try await Workbench.withStation()
        let answer = try await bench.run(Workbench.binary, ["renewals"] + arguments)
        #expect(answer.status == 64)
    }
}
