import Foundation
import Support
import Testing

/// Licenses that take the place of others, and terms that end.
@Suite(.tags(.manyRuns)) struct SuccessionScenarios {
    /// Issues a license, and says its id; `nil` where its request was refused.
    private func issue(
        _ name: String, _ members: String = "", besides requests: String = "",
        in bench: Workbench, at time: String = "2026-12-01 09:00:00"
    ) async throws -> String? {
        let request = #"{"name":"\#(name)","customer":"a","payload":{"seats":5}\#(members)}"#
        try bench.drop("[\(request)\(requests)]", as: "\(name).json")
        _ = try await bench.coldmint(at: time, "run")
        return try bench.receipt(of: "\(name).json")["results"][0]["license"].string
    }

    @Test func `a chain stays one when a link in it is deleted`() async throws {
        let bench = try await Workbench.withStation()
        let trial = try #require(try await issue("trial", in: bench))
        let small = try #require(
            try await issue("small", #","supersedes":"\#(trial)""#, in: bench))
        let large = try #require(
            try await issue(
                "large", #","supersedes":"\#(small)""#,
                besides: #",{"action":"delete","license":"\#(small)","name":"small"}"#, in: bench))
        #expect(try await issue("fork", #","supersedes":"\#(trial)""#, in: bench) == nil)
        let problem = try bench.receipt(of: "fork.json")["problems"][0]
        #expect(problem["code"].string == "not-superseded")
        #expect(problem["message"].string?.contains(large) == true)
        for id in [trial, small, large] {
            let shown = try await bench.coldmint("show", id, "--json").json()
            #expect(
                shown["chain"].elements.map { $0["name"].string } == ["trial", "small", "large"])
        }
        let renewals = try await bench.coldmint("renewals", "--within", "3000").json()
        #expect(renewals.elements.map { $0["supersedes"].string } == [large])
    }

    @Test func `what a renewal asks for overlaps, with product and term`() async throws {
        let bench = try await ProductScenarios.bench()
        try bench.drop(
            """
            {"name":"Acme","customer":"a","product":"analytics","plan":"basic","payload":{},
             "expiresAt":"2027-11-30","maintainedUntil":"2027-12-01"}
            """, as: "a.json")
        #expect(try await bench.coldmint(at: "2026-12-01 09:00:00", "run").status == 0)
        let id = try #require(
            try bench.receipt(of: "a.json")["results"][0]["license"].string)
        let renewals = try await bench.coldmint(
            at: "2027-11-01 09:00:00", "renewals", "--within", "60")
        #expect(
            try renewals.json()[0].canonical
                == JSONTree(
                    """
                    {"action":"create","requestId":"renewal of \(id)",
                     "name":"Acme, until 2028-12-01","customer":"a","product":"analytics",
                     "plan":"basic","notBefore":"2027-11-01T00:00:00Z",
                     "expiresAt":"2028-12-01T00:00:00Z","graceDays":14,"noticeDays":30,
                     "maintainedUntil":"2028-12-01T00:00:00Z","supersedes":"\(id)",
                     "payload":{"plan":"basic","seats":5}}
                    """
                ).canonical)
        try bench.drop(renewals.output, as: "r.json")
        #expect(try await bench.coldmint(at: "2027-11-01 09:00:00", "run").status == 0)
        let receipt = try bench.receipt(of: "r.json")["results"][0]
        #expect(
            receipt["changes"].elements.map { $0.string } == [
                "end: 2027-12-01T00:00:00Z → 2028-12-01T00:00:00Z",
                "maintainedUntil: 2027-12-01T00:00:00Z → 2028-12-01T00:00:00Z",
            ])
        let again = try await bench.coldmint(
            at: "2027-11-02 09:00:00", "renewals", "--within", "60")
        #expect(try again.json().elements.isEmpty)
    }

    @Test func `a license in grace is still to be renewed`() async throws {
        let bench = try await Workbench.withStation()
        _ = try await issue("A", #","expiresAt":"2026-12-31","graceDays":14"#, in: bench)
        let time = "2027-01-05 09:00:00"
        let listed = try await bench.coldmint(at: time, "list", "--json").json()
        #expect(listed[0]["state"].string == "in grace")
        let expiring = try await bench.coldmint(at: time, "list", "--expiring", "1").output
        #expect(expiring.contains("in grace"))
        let renewals = try await bench.coldmint(at: time, "renewals", "--within", "1").json()
        #expect(renewals[0]["notBefore"].string == "2027-01-05T00:00:00Z")
        #expect(renewals[0]["expiresAt"].string == "2027-12-31T00:00:00Z")
        let customer = try await bench.coldmint(at: time, "customers", "list", "--json").json()[0]
        #expect(customer["counts"]["inGrace"].integer == 1)
        #expect(customer["nextEnd"].string == "2026-12-31T00:00:00Z")
        let status = try await bench.coldmint(at: time, "status", "--json").json()
        #expect(status["licenses"]["inGrace"].integer == 1)
        let later = try await bench.coldmint(at: "2027-01-14 00:00:00", "list", "--json").json()
        #expect(later[0]["state"].string == "expired")
    }

    @Test func `manifest, README and verify tell the terms that the token has`() async throws {
        let bench = try await Workbench.withStation()
        try bench.set("allowPerpetual: true")
        try bench.drop(
            """
            [{"name":"Graced","customer":"a","payload":{},"expiresAt":"2026-12-31","graceDays":14,
              "noticeDays":30,"maintainedUntil":"2026-12-15"},
             {"name":"Endless","customer":"a","payload":{},"expiresAt":"never"}]
            """, as: "a.json")
        #expect(try await bench.coldmint(at: "2026-12-01 09:00:00", "run").status == 0)
        try await bench.unpack("a/a-000001.tar", into: ".")
        let manifest = try JSONTree(try bench.read("a-000001/manifest.json"))["licenses"].elements
        #expect(manifest[0]["expiresAt"].string == "2026-12-31T00:00:00Z")
        #expect(manifest[0]["graceDays"].integer == 14)
        #expect(manifest[0]["noticeDays"].integer == 30)
        #expect(manifest[0]["maintainedUntil"].string == "2026-12-15T00:00:00Z")
        #expect(manifest[1]["expiresAt"].isAbsent)
        let readme = try bench.read("a-000001/README.txt")
        #expect(
            readme.contains(
                """
                    state   valid
                    valid   2026-12-01T00:00:00Z to 2026-12-31T00:00:00Z
                    grace   until 2027-01-14T00:00:00Z: it still works, and has to be renewed
                    notice  from 2026-12-01T00:00:00Z: it may remind of the end
                    covers  versions up to 2026-12-15T00:00:00Z
                """))
        #expect(readme.contains("valid   2026-12-01T00:00:00Z to never"))

        let tar = "outbox/a/a-000001.tar"
        let graced = try await bench.coldmint(at: "2027-01-05 09:00:00", "verify", tar)
        #expect(graced.output.contains("2026-12-01 to 2026-12-31  in grace  Graced"))
        #expect(graced.output.contains("2026-12-01 to never       valid  Endless"))
        let seen = try await bench.coldmint(at: "2027-01-05 09:00:00", "verify", "--json", tar)
            .json()[0]["licenses"]
        #expect(seen[0]["endOfGrace"].string == "2027-01-14T00:00:00Z")
        #expect(seen[0]["noticeFrom"].string == "2026-12-01T00:00:00Z")
        #expect(seen[0]["maintainedUntil"].string == "2026-12-15T00:00:00Z")
        #expect(seen[1]["expiresAt"].isAbsent)
        func verify(_ name: String, at time: String) async throws -> Workbench.Answer {
            try bench.write(try await bench.coldmint("token", name).output, to: "token")
            return try await bench.coldmint(
                at: time, "verify", "token", "--public-key", "a-000001/public-key.pem")
        }
        let late = try await verify("Graced", at: "2027-01-05 09:00:00")
        #expect(
            late.output.contains(
                "ended at 2026-12-31T00:00:00Z, and is valid until 2027-01-14T00:00:00Z"))
        #expect(try await verify("Graced", at: "2027-01-14 00:00:00").status == 65)
        #expect(
            try await verify("Endless", at: "2099-01-01 00:00:00").output
                .contains("is valid and has no end"))
    }

    @Test func `a vendor's questions have an answer each`() async throws {
        let bench = try await ProductScenarios.bench(settings: "allowPerpetual: true\n")
        try bench.drop(
            """
            [{"name":"One","customer":"acme","product":"analytics","plan":"pro","requestId":"order 7",
              "payload":{"seats":3},"expiresAt":"2027-03-30"},
             {"name":"Two","customer":"acme","payload":{},"expiresAt":"2027-06-30"},
             {"name":"Three","customer":"bolt","payload":{},"expiresAt":"never"}]
            """, as: "a.json")
        let time = "2026-12-01 09:00:00"
        #expect(try await bench.coldmint(at: time, "run").status == 0)
        func names(_ arguments: String...) async throws -> [String] {
            let line = arguments.map { "'\($0)'" }.joined(separator: " ")
            let answer = try await bench.shell("\(Workbench.binary) list --json \(line)")
            return try answer.json().elements.map { $0["name"].string ?? "" }
        }
        #expect(try await names("--product", "analytics", "--plan", "pro") == ["One"])
        #expect(try await names("--request-id", "order 7") == ["One"])
        #expect(try await names("--ends", "2027-03-31..2027-06-30") == ["One", "Two"])
        #expect(try await names("--ends", "..2027-06-29") == ["One"])
        #expect(try await names("--ends", "2027-06-30..") == ["Two"])
        let kid = try #require(
            try await bench.coldmint("keys", "list", "--json").json()[0]["kid"].string)
        #expect(try await names("--key=\(kid.prefix(8))") == ["One", "Two", "Three"])
        #expect(try await names("--key", "nobody") == [])
        for wrong in [["--key", ""], ["--ends", "2027-03-31..2027-01-01"], ["--ends", "2027"]] {
            let answer = try await bench.coldmint("list", wrong[0], wrong[1])
            #expect(answer.status == 64, "\(wrong)")
        }
        let token = try await bench.coldmint("token", "One").output
        let shown = try await bench.coldmint("show", token, "--json").json()
        #expect(shown["name"].string == "One")
        let parts = token.split(separator: ".")
        let other = try await bench.coldmint("token", "Two").output.split(separator: ".")
        let forged = try await bench.coldmint("show", "\(parts[0]).\(parts[1]).\(other[2])")
        #expect(forged.status == 65)
        #expect(forged.errors.contains("is not the one that was issued for it"))
        #expect(
            try await bench.coldmint(at: time, "customers", "list").output
                == "acme\t2\t0\t2027-03-31T00:00:00Z\nbolt\t1\t0\tnever\n")
        let customer = try await bench.coldmint("customers", "show", "acme", "--json").json()
        #expect(customer["licenses"].elements.map { $0["name"].string } == ["One", "Two"])
        #expect(
            customer["bundles"].elements.map { $0["bundle"].string } == ["acme/acme-000001.tar"])
        #expect(customer["since"].string == "2026-12-01T09:00:00Z")
        #expect(try await bench.coldmint("customers", "show", "acmee").status == 66)
    }

    @Test func `check shows beforehand what would be issued`() async throws {
        let bench = try await ProductScenarios.bench()
        let id = try #require(try await issue("Trial", in: bench))
        try bench.write(
            """
            [{"name":"Real","customer":"a","product":"analytics","plan":"pro","supersedes":"\(id)",
              "payload":{"seats":30},"expiresAt":"2028-11-30"},
             {"name":"Other","customer":"new","payload":{},"expiresAt":"2027-06-01T12:00:00Z"}]
            """, to: "b.json")
        let check = try await bench.coldmint(
            at: "2026-12-01 09:00:00", "check", "--station", "station", "b.json")
        #expect(
            check.output == """
                b.json: good, 2 requests
                  Real, for a, analytics, plan pro, 2026-12-01 to 2028-12-01, 14 days of grace, notice from 2028-11-01
                    takes the place of \(id)
                    product: new, analytics, plan pro
                    end: 2027-12-01T00:00:00Z → 2028-12-01T00:00:00Z
                    graceDays: new, 14
                    noticeDays: new, 30
                    plan: new, "pro"
                    modules: new, ["analytics"]
                    seats: 5 → 30
                  Other, for new (new customer), 2026-12-01 to 2027-06-01T12:00:00Z

                """)
    }
}
