import Support
import Testing

/// A customer over five years, with the clock of each day.
@Suite(.tags(.manyRuns), .long) struct LifeScenarios {
    private let bench: Workbench

    init() async throws {
        bench = try Workbench()
        let made = try await bench.coldmint(
            at: "2026-12-01 08:00:00", "init", "--issuer", "https://licenses.example.com",
            "--no-passphrase")
        try #require(made.status == 0, "\(made.errors)")
    }

    /// Drops a request, runs, and gives the receipt.
    private func issue(_ request: String, as name: String, at time: String) async throws -> JSONTree
    {
        try bench.drop(request, as: name)
        let run = try await bench.coldmint(at: time, "run")
        let receipt = try bench.receipt(of: name)
        #expect(run.status == (receipt["outcome"].string == "rejected" ? 65 : 0), "\(run.errors)")
        return receipt
    }

    private func show(_ license: String, at time: String) async throws -> JSONTree {
        try await bench.coldmint(at: time, "show", license, "--json").json()
    }

    private func token(_ license: String) async throws -> String {
        try await bench.coldmint("token", license).output
    }

    @Test func `a customer's licenses over five years`() async throws {
        let created = try await issue(
            #"""
            {"name":"Acme","customer":"acme","notBefore":"2026-12-01","expiresAt":"2027-12-01",
             "description":"Frankfurt","payload":{"plan":"basic","seats":25,"factor":1.10}}
            """#, as: "order.json", at: "2026-12-01 09:00:00")
        let first = try #require(created["results"][0]["license"].string)
        #expect(created["results"][0]["bundle"].string == "acme/acme-000001.tar")
        let token = try await token(first)
        #expect(try await bench.delivered("acme/acme-000001.tar") == ["Acme": token])

        try await rename(first)
        #expect(try await self.token(first) == token)
        let second = try await renew(first)
        let third = try await upgrade()
        try await delete(second)
        try await deliver([first: "Acme production", third: "Acme pro"])

        #expect(try await self.token(first) == token)
        try await history(first, second)
        let audit = try await bench.coldmint(at: "2031-12-01 09:00:00", "audit")
        #expect(audit.status == 0, "\(audit.output)")
        #expect(bench.names(in: "outbox/acme").count == 4)
    }

    private func rename(_ license: String) async throws {
        let receipt = try await issue(
            #"""
            {"action":"update","license":"\#(license)","name":"Acme production",
             "description":"Frankfurt and Basel"}
            """#, as: "rename.json", at: "2027-05-03 09:00:00")
        let result = receipt["results"][0]
        #expect(
            result.names == [
                "action", "customer", "expiresAt", "license", "name", "notBefore",
            ])
        #expect(result["name"].string == "Acme production")
        #expect(bench.names(in: "outbox/acme") == ["acme-000001.tar"])
        let shown = try await show("Acme production", at: "2027-05-03 09:00:00")
        #expect(shown["id"].string == license)
        #expect(shown["description"].string == "Frankfurt and Basel")
        #expect(try await bench.coldmint("show", "Acme").status == 66)
    }

    /// As `renewals` proposes it, and no second time.
    private func renew(_ license: String) async throws -> String {
        let early = try await bench.coldmint(
            at: "2027-09-01 09:00:00", "renewals", "--within", "60")
        #expect(early.output == "[]\n")
        let proposed = try await bench.coldmint(
            at: "2027-11-01 09:00:00", "renewals", "--within", "60")
        #expect(proposed.status == 0)
        let receipt = try await issue(
            proposed.output, as: "renewal.json", at: "2027-11-02 09:00:00")
        let result = receipt["results"][0]
        #expect(result["requestId"].string == "renewal of \(license)")
        #expect(result["name"].string == "Acme production, until 2028-12-01")
        #expect(result["notBefore"].string == "2027-11-01T00:00:00Z")
        #expect(result["expiresAt"].string == "2028-12-01T00:00:00Z")
        #expect(result["bundle"].string == "acme/acme-000003.tar")
        let renewed = try #require(result["license"].string)
        let shown = try await show(renewed, at: "2027-11-02 09:00:00")
        #expect(shown["description"].string == "Frankfurt and Basel")
        let text = try await bench.coldmint("show", renewed).output
        #expect(text.contains(#"payload      {"plan":"basic","seats":25,"factor":1.10}"#))
        let again = try await bench.coldmint(
            at: "2027-11-03 09:00:00", "renewals", "--within", "60")
        #expect(again.output == "[]\n")
        #expect(again.errors == "coldmint: 0 renewals, 1 issued already and left out\n")
        return renewed
    }

    private func upgrade() async throws -> String {
        let receipt = try await issue(
            #"""
            {"name":"Acme pro","customer":"acme","notBefore":"2028-06-01","expiresAt":"2033-06-01",
             "payload":{"plan":"pro","seats":100}}
            """#, as: "upgrade.json", at: "2028-05-20 09:00:00")
        #expect(receipt["run"].integer == 4)
        return try #require(receipt["results"][0]["license"].string)
    }

    private func delete(_ license: String) async throws {
        let request = #"{"action":"delete","license":"\#(license)","name":"Acme production"}"#
        let refused = try await issue(request, as: "unsure.json", at: "2028-06-02 09:00:00")
        #expect(refused["problems"][0]["code"].string == "name-mismatch")
        let receipt = try await issue(
            request.replacing("production", with: "production, until 2028-12-01"),
            as: "end.json", at: "2028-06-02 09:05:00")
        #expect(receipt["outcome"].string == "accepted")
        #expect(
            receipt["results"][0]["note"].string
                == "tokens already delivered stay valid until they expire, at 2028-12-01T00:00:00Z")
        let shown = try await show(license, at: "2028-06-02 09:10:00")
        #expect(shown["deletedAt"].string == "2028-06-02T09:05:00Z")
        #expect(try await !token(license).isEmpty)
    }

    /// Also without the key: what was issued is in the ledger.
    private func deliver(_ licenses: [String: String]) async throws {
        let receipt = try await issue(
            #"{"action":"deliver","customer":"acme"}"#, as: "deliver.json",
            at: "2031-11-30 09:00:00")
        #expect(receipt["results"].elements.count == 1)
        #expect(receipt["results"][0].names == ["action", "bundle", "customer"])
        #expect(receipt["results"][0]["bundle"].string == "acme/acme-000007.tar")
        let verified = try await bench.coldmint(
            at: "2031-11-30 09:00:00", "verify", "outbox/acme/acme-000007.tar")
        #expect(verified.status == 0)
        #expect(verified.output.contains("expired  Acme production"))
        _ = try await bench.shell("mv station/keys away")
        let delivered = try await bench.delivered("acme/acme-000007.tar")
        #expect(delivered.keys.sorted() == licenses.values.sorted())
        for (license, name) in licenses { #expect(try await token(license) == delivered[name]) }
        _ = try await bench.shell("mv away station/keys")
    }

    private func history(_ first: String, _ second: String) async throws {
        func lines(_ license: JSONTree) -> [String] {
            license["history"].elements.map { event in
                ["at", "action", "file", "member", "from", "to", "bundle"]
                    .compactMap { event[$0].string }.joined(separator: " ")
            }
        }
        let shown = try await show(first, at: "2031-12-01 09:00:00")
        #expect(
            lines(shown) == [
                "2026-12-01T09:00:00Z create order.json acme/acme-000001.tar",
                "2027-05-03T09:00:00Z update rename.json name Acme Acme production",
                "2027-05-03T09:00:00Z update rename.json description Frankfurt Frankfurt and Basel",
                "2031-11-30T09:00:00Z deliver deliver.json acme/acme-000007.tar",
            ])
        #expect(shown["bundles"].strings == ["acme/acme-000001.tar", "acme/acme-000007.tar"])
        let sum = try await bench.shell("sha256sum inbox/accepted/*-rename.json")
        #expect(shown["history"][1]["sha256"].string == String(sum.output.prefix(64)))
        #expect(
            lines(try await show(second, at: "2031-12-01 09:00:00")) == [
                "2027-11-02T09:00:00Z create renewal.json acme/acme-000003.tar",
                "2028-06-02T09:05:00Z delete end.json",
            ])
    }
}
