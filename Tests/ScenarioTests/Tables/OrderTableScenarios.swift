import Support
import Testing

/// Five hundred orders in a spreadsheet, from LibreOffice to licenses and back.
@Suite(.tags(.manyBundles), .long) struct OrderTableScenarios {
    private static let fixtures = "\(Workbench.repository)/Tests/Fixtures/Tables"
    private static let product = """
        {
          "title": "Analytics server",
          "payload": {
            "type": "object", "additionalProperties": false, "required": ["plan", "seats"],
            "properties": {
              "plan": { "enum": ["basic", "pro"] },
              "seats": { "type": "integer", "minimum": 1, "maximum": 10000 },
              "trial": { "type": "boolean" },
              "modules": {
                "type": "array", "items": { "enum": ["analytics", "reporting"] },
                "uniqueItems": true
              }
            }
          },
          "plans": { "basic": { "plan": "basic" }, "pro": { "plan": "pro" } }
        }
        """

    private static func bench() async throws -> Workbench {
        let bench = try Workbench()
        let made = try await bench.coldmint(
            at: "2026-12-01 08:00:00", "init", "--issuer", "https://licenses.example.com",
            "--no-passphrase")
        try #require(made.status == 0, "\(made.errors)")
        try bench.sell(product, as: "analytics")
        return bench
    }

    private static func requests(
        of table: String, in bench: Workbench
    ) async throws -> Workbench.Answer {
        try await bench.coldmint(
            at: "2026-12-01 09:00:00", "requests", "--csv", "\(fixtures)/\(table)", "--map",
            "Order=requestId", "--station", "station")
    }

    /// What is told of each kind of mistake, and in which rows of the spreadsheet it stands.
    private static let mistakes: [(rows: [Int], problem: String)] = [
        ([17, 101, 222, 480], "column F \"payload.seats\": seats must be a whole number"),
        ([23, 140, 301, 402], "column E \"plan\": there is no such plan: did you mean 'pro'?"),
        (
            [31, 155, 260, 499],
            "column D \"product\": there is no such product: did you mean 'analytics'?"
        ),
        ([42, 170, 333, 444], "column J \"expiresAt\": write 2027-12-01, not \"01.12.2027\""),
        ([55, 181, 290, 501], "column J \"expiresAt\": expiresAt must be later than notBefore"),
        ([60, 199, 350, 420], "column C \"customer\": customer must be 1 to 63 of a-z, 0-9"),
        ([77, 205, 366, 430], "column B \"name\": row 2 has the same name"),
        ([88, 213, 377, 455], "column C \"customer\": the cell is empty"),
        ([90, 240, 388, 466], "column F \"payload.seats\": seats must be at most 10000"),
        ([96, 250, 395], "column G \"payload.modules\": modules[0] must be \"analytics\" or"),
        (
            [1],
            "column H \"payload.trail\": the product 'analytics' knows no claim 'trail': did you mean "
                + "'payload.trial'?"
        ),
    ]

    @Test func `forty mistakes are told by row and column, and five hundred licenses follow`()
        async throws
    {
        let bench = try await Self.bench()
        let refused = try await Self.requests(of: "orders-with-mistakes.csv", in: bench)
        #expect(refused.status == 65)
        #expect(refused.output == "")
        let lines = refused.errors.split(separator: "\n").map(String.init)
        #expect(lines.count == 41, "\(refused.errors)")
        #expect(
            lines.last == "coldmint: 40 problems, and no request was made: mend the table")
        for (rows, problem) in Self.mistakes {
            for row in rows {
                #expect(
                    lines.contains { $0.contains("mistakes.csv: row \(row), \(problem)") },
                    "row \(row), \(problem)")
            }
        }

        let made = try await Self.requests(of: "orders.csv", in: bench)
        try #require(made.status == 0, "\(made.errors)")
        try bench.drop(made.output, as: "orders.json")
        let run = try await bench.coldmint(at: "2026-12-01 10:00:00", "run", "--json")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try run.json()["accepted"].integer == 1)
        #expect(try run.json()["licenses"].integer == 500)
        try await join(bench)
    }

    /// The receipt, back beside the rows.
    private func join(_ bench: Workbench) async throws {
        let joined = try await bench.shell(
            """
            '\(Workbench.binary)' receipt --csv --table '\(Self.fixtures)/orders.csv' \
                --map Order=requestId inbox/accepted/*-orders.json.receipt.json
            """)
        #expect(joined.status == 0, "\(joined.errors)")
        let rows = joined.output.split(separator: "\n").map(String.init)
        #expect(rows.count == 501)
        #expect(
            rows.first?.hasSuffix(
                "expiresAt;outcome;license;receipt.notBefore;receipt.expiresAt;bundle;problem")
                == true)
        let ids = try await bench.coldmint("list", "--json").json().elements
        let first = try #require(ids.first { $0["name"].string == "Order 500" })
        #expect(
            rows.last
                == "A-0500;Order 500;kunde-21;analytics;basic;51;;FALSE;2027-01-01;2028-01-01;accepted;"
                + "\(first["id"].string ?? "");2027-01-01T00:00:00Z;2028-01-01T00:00:00Z;"
                + "kunde-21/kunde-21-000001.tar;")
        let shown = try await bench.coldmint("show", "Order 499", "--json").json()
        #expect(shown["payload"].canonical == #"{"plan":"basic","seats":50,"trial":false}"#)
    }
}
