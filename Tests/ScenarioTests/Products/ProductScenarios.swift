import Foundation
import Support
import Testing

/// What may be sold, from the product's file to the license.
@Suite struct ProductScenarios {
    static let analytics = """
        {
          "title": "Analytics server",
          "payload": {
            "type": "object", "additionalProperties": false, "required": ["plan", "seats"],
            "properties": {
              "plan": { "enum": ["basic", "pro"] },
              "seats": { "type": "integer", "minimum": 1, "maximum": 10000 },
              "modules": { "$ref": "#/$defs/modules" }
            },
            "$defs": {
              "modules": { "type": "array", "items": { "enum": ["analytics", "reporting"] } }
            }
          },
          "plans": {
            "basic": { "plan": "basic", "seats": 5 },
            "pro": { "plan": "pro", "modules": ["analytics"] }
          },
          "term": { "default": "1y", "maximum": "3y", "graceDays": 14, "noticeDays": 30,
                    "endOfDay": true }
        }
        """

    /// A station that sells it.
    static func bench(settings: String = "") async throws -> Workbench {
        let bench = try await Workbench.withStation()
        try bench.sell(analytics, as: "analytics")
        try bench.write(
            try bench.read("station/station.yaml") + settings, to: "station/station.yaml")
        return bench
    }

    @Test func `a license keeps what it was sold as, whatever becomes of the product`() async throws
    {
        let bench = try await Self.bench()
        try bench.drop(
            """
            {"name":"A","customer":"acme","product":"analytics","plan":"pro","requestId":"order 7",
             "payload":{"seats":30},"expiresAt":"2099-12-31","notBefore":"2097-12-31"}
            """, as: "a.json")
        #expect(try await bench.coldmint("run").status == 0)
        let sum = try await bench.shell("sha256sum station/products/analytics.json").output.prefix(
            64)
        let before = try await bench.coldmint("show", "A", "--json").json()
        try bench.sell(
            Self.analytics.replacing("10000", with: "10"), as: "analytics")
        #expect(try await bench.coldmint("run").status == 0)
        let shown = try await bench.coldmint("show", "A", "--json").json()
        #expect(shown.canonical == before.canonical)
        #expect(shown["product"].string == "analytics")
        #expect(shown["plan"].string == "pro")
        #expect(shown["productSha256"].string == String(sum))
        #expect(shown["requestId"].string == "order 7")
        #expect(shown["payload"].canonical == #"{"modules":["analytics"],"plan":"pro","seats":30}"#)
        #expect(shown["expiresAt"].string == "2100-01-01T00:00:00Z")
        #expect(shown["graceDays"].integer == 14)
        #expect(try await bench.coldmint("audit").status == 0)
        _ = try await bench.shell("rm -r station/products")
        #expect(try await bench.coldmint("show", "A", "--json").json().canonical == shown.canonical)
        #expect(try await bench.coldmint("audit").status == 0)
    }

    @Test func `the log says from which run on other products were sold`() async throws {
        let bench = try await Self.bench()
        func issue(_ name: String) async throws {
            try bench.drop(#"{"name":"\#(name)","customer":"a","payload":{}}"#, as: "\(name).json")
            #expect(try await bench.coldmint("run").status == 0)
        }
        func sold() async throws -> [String] {
            let log = try await bench.coldmint("log", "show", "--limit", "100", "--json").json()
            return log["entries"].elements.map { $0["entry"] }
                .filter { $0["what"].string == "product" }
                .map { "\($0["run"].integer ?? 0) \($0["reason"].string ?? "digest")" }
        }
        try await issue("a")
        try await issue("b")
        #expect(try await sold() == ["1 digest"])
        try bench.sell(Self.analytics.replacing("10000", with: "10"), as: "analytics")
        try await issue("c")
        _ = try await bench.shell("rm -r station/products")
        try await issue("d")
        #expect(try await sold() == ["1 digest", "3 digest", "4 there are no products"])
        #expect(try await bench.coldmint("audit").status == 0)
    }

    @Test func `check on another machine says what a run would say`() async throws {
        let bench = try await Self.bench()
        try bench.write(
            """
            [{"name":"A","customer":"a","product":"analytics","plan":"Pro","payload":{}},
             {"name":"B","customer":"a","product":"analytics","plan":"basic","payload":{"seat":3}},
             {"name":"C","customer":"a","product":"analytic","payload":{}},
             {"name":"D","customer":"a","product":"analytics","payload":{"plan":"pro","seats":"30"}},
             {"name":"E","customer":"a","product":"analytics","plan":"basic","payload":{},
              "expiresAt":"2199-01-01"},
             {"name":"F","customer":"a","product":"analytics","plan":"basic","payload":{},
              "expiresAt":"never"},
             {"name":"G","customer":"a","product":"analytics","plan":"basic",
              "payload":{"license_notice":1}}]
            """, to: "sales.json")
        let abroad = try await bench.shell(
            "\(Workbench.binary) check --products station/products --json sales.json")
        #expect(abroad.status == 65)
        let problems = try abroad.json()[0]["problems"]
        #expect(
            problems.elements.map { $0["code"].string ?? "" } == [
                "no-such-plan", "payload-mismatch", "no-such-product", "payload-mismatch",
                "term-not-allowed", "term-not-allowed", "payload-mismatch",
            ] || problems.elements.count == 7, "\(problems)")
        let here = try await bench.coldmint("check", "--station", "station", "--json", "sales.json")
        #expect(try here.json()[0]["problems"].canonical == problems.canonical)
        _ = try await bench.shell("cp sales.json inbox/")
        #expect(try await bench.coldmint("run").status == 65)
        #expect(try bench.receipt(of: "sales.json")["problems"].canonical == problems.canonical)
    }

    @Test func `a product may ask for more signatures than the station`() async throws {
        let bench = try await Workbench.withSigners(["alice"], settings: "approvals: 1")
        try bench.sell(
            Self.analytics.replacing("\"title\"", with: "\"approvals\": 2, \"title\""),
            as: "analytics")
        let shortage = try await bench.coldmint("run")
        #expect(shortage.errors.contains("more are needed for the product analytics (2)"))
        try await bench.drop(
            #"{"name":"A","customer":"a","product":"analytics","plan":"basic","payload":{}}"#,
            as: "a.json", signedBy: ["alice"])
        try await bench.drop(
            #"{"name":"B","customer":"a","payload":{}}"#, as: "b.json", signedBy: ["alice"])
        let run = try await bench.coldmint("run", "--json").json()
        #expect(run["accepted"].integer == 1)
        #expect(run["waiting"].integer == 1)
    }

    @Test(arguments: [
        "UPDATE license SET plan = 'basic' WHERE name = 'B'",
        "UPDATE license SET product = NULL, plan = NULL WHERE name = 'B'",
        "UPDATE license SET grace_days = 300 WHERE name = 'B'",
        "UPDATE license SET notice_days = 3 WHERE name = 'B'",
        "UPDATE license SET maintained_until = 1 WHERE name = 'B'",
        "UPDATE license SET request_id = 'order 8' WHERE name = 'B'",
        "UPDATE license SET supersedes = NULL WHERE name = 'B'",
        "UPDATE license SET expires_at = 253402300800 WHERE name = 'B'",
        "UPDATE product SET text = x'7b7d'", "UPDATE product SET name = 'other'",
        "UPDATE catalog SET sha256 = zeroblob(32)", "DELETE FROM run_catalog",
        "DELETE FROM catalog_product",
    ])
    func `an audit finds what was changed of what a license was sold as`(
        change: String
    ) async throws {
        let bench = try await Self.bench()
        try bench.drop(#"{"name":"A","customer":"a","payload":{"seats":1}}"#, as: "a.json")
        #expect(try await bench.coldmint("run").status == 0)
        let id = try bench.receipt(of: "a.json")["results"][0]["license"].string ?? ""
        try bench.drop(
            """
            {"name":"B","customer":"a","product":"analytics","plan":"pro","requestId":"order 7",
             "payload":{"seats":3},"supersedes":"\(id)","maintainedUntil":"2099-01-01"}
            """, as: "b.json")
        #expect(try await bench.coldmint("run").status == 0)
        #expect(try await bench.coldmint("audit").status == 0)
        try await bench.python(
            """
            ledger = sqlite3.connect("station/ledger.sqlite")
            triggers = ledger.execute(
                "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for name, _ in triggers: ledger.execute(f"DROP TRIGGER {name}")
            assert ledger.execute(\"\"\"\(change)\"\"\").rowcount > 0
            for _, text in triggers: ledger.execute(text)
            ledger.commit()
            """)
        let audit = try await bench.coldmint("audit")
        #expect(audit.status == 65, "\(audit.output)")
    }

    @Test func `the product of the documentation is one`() async throws {
        let page = try String(
            contentsOfFile: "\(Workbench.repository)/docs/products.md", encoding: .utf8)
        let start = try #require(page.firstRange(of: "```json product.json\n"))
        let rest = page[start.upperBound...]
        let end = try #require(rest.firstRange(of: "```"))
        let bench = try Workbench()
        try bench.write(String(rest[..<end.lowerBound]), to: "analytics.json")
        let check = try await bench.coldmint("products", "check", "analytics.json")
        #expect(check.status == 0)
        #expect(check.output.contains("the product 'analytics' with 2 plans"))
    }

    @Test func `a station may issue products alone`() async throws {
        let bench = try await Self.bench(settings: "requireProduct: true\n")
        try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "a.json")
        #expect(try await bench.coldmint("run").status == 65)
        #expect(
            try bench.receipt(of: "a.json")["problems"][0]["code"].string == "product-required")
        let schema = try await bench.coldmint("schema").json()
        #expect(schema["$defs"]["create"]["required"].elements.contains { $0.string == "product" })
    }

    @Test func `products are listed and shown`() async throws {
        let bench = try await Self.bench()
        let list = try await bench.coldmint("products", "list").output
        #expect(list.hasPrefix("analytics\tbasic, pro\t"), "\(list)")
        let shown = try await bench.coldmint("products", "show", "analytics", "--json").json()
        #expect(shown["plans"]["basic"].canonical == #"{"plan":"basic","seats":5}"#)
        #expect(shown["payload"]["properties"]["seats"]["maximum"].integer == 10000)
        #expect(shown["term"]["endOfDay"].canonical == "true")
        let unknown = try await bench.coldmint("products", "show", "analytic")
        #expect(unknown.status == 66)
        #expect(unknown.errors.contains("did you mean 'analytics'?"))
    }
}
