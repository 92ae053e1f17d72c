import Foundation
import Support
import Testing

private let acme = #"{"name":"Acme","customer":"acme-gmbh","payload":{"seats":25,"plan":"pro"}}"#

@Suite struct IssuingScenarios {
    @Test func `a dropped request becomes a bundle, a receipt and a ledger entry`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(
            #"""
            { "requestId": "order-7", "name": "Acme production", "customer": "acme-gmbh",
              "description": "Three clusters, Frankfurt", "notBefore": "2026-11-01",
              "expiresAt": "2099-12-01T00:00:00Z", "payload": { "seats": 25, "plan": "pro" } }
            """#, as: "acme.json")
        let run = try await bench.coldmint("run", "--json")
        #expect(run.status == 0)
        #expect(run.errors == "")
        let report = try run.json()
        #expect(
            report.names == [
                "accepted", "bundles", "licenses", "rejected", "repeated", "run", "waiting",
            ])
        #expect(report["run"].integer == 1)
        #expect(report["accepted"].integer == 1)
        #expect(report["bundles"].strings == ["acme-gmbh/acme-gmbh-000001.tar"])

        let receipt = try bench.receipt(of: "acme.json")
        #expect(receipt.names == ["file", "handledAt", "outcome", "results", "run", "sha256"])
        #expect(receipt["outcome"].string == "accepted")
        let sum = try await bench.shell("sha256sum inbox/accepted/*acme.json")
        #expect(sum.output.prefix(64) == receipt["sha256"].string ?? "")
        let result = receipt["results"][0]
        #expect(result["action"].string == "create")
        #expect(result["requestId"].string == "order-7")
        #expect(result["name"].string == "Acme production")
        #expect(result["notBefore"].string == "2026-11-01T00:00:00Z")
        #expect(result["expiresAt"].string == "2099-12-01T00:00:00Z")
        #expect(result["bundle"].string == "acme-gmbh/acme-gmbh-000001.tar")

        let id = try #require(result["license"].string)
        let listed = try await bench.coldmint("list", "--json").json()
        #expect(
            listed[0].names == [
                "customer", "description", "expiresAt", "id", "issuedAt", "kid", "name",
                "notBefore", "requestId", "run", "state",
            ])
        #expect(listed[0]["id"].string == id)
        #expect(bench.names(in: "inbox") == [".claimed", "accepted", "rejected"])
        #expect(bench.names(in: "inbox/.claimed") == [])
        #expect(bench.names(in: "outbox/acme-gmbh") == ["acme-gmbh-000001.tar"])
        #expect(
            bench.names(in: "station") == [
                "keys", "ledger.sqlite", "ledger.sqlite-journal", "lock", "station.yaml",
            ])
    }

    @Test func `token, show and the bundle give the same token`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(acme, as: "acme.json")
        _ = try await bench.coldmint("run")
        try await bench.unpack("acme-gmbh/acme-gmbh-000001.tar", into: "customer")
        let delivered = try await bench.shell("cat customer/*/licenses/*/license.jwt").output
        let shown = try await bench.coldmint("show", "Acme", "--json").json()
        #expect(try await bench.coldmint("token", "Acme").output == delivered)
        #expect(shown["token"].string == delivered)
        #expect(shown["payload"]["seats"].integer == 25)
        #expect(shown["bundles"].strings == ["acme-gmbh/acme-gmbh-000001.tar"])
        let id = try #require(shown["id"].string)
        #expect(try await bench.coldmint("token", id).output == delivered)
        try FileManager.default.removeItem(atPath: bench.path + "/station/keys")
        #expect(try await bench.coldmint("token", "Acme").output == delivered)
    }

    @Test func `claims carry the payload's text as it was written`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(
            #"""
            { "name": "Text", "customer": "text", "payload": {
                "a": 1.10, "b": 1e2, "c": 9007199254740991, "d": "\u00e9",
                "e": { "f": [ 1.0, { "exp": null } ] } } }
            """#, as: "text.json")
        _ = try await bench.coldmint("run")
        let claims = try await bench.shell(
            "\(Workbench.binary) token Text | cut -d. -f2 | basenc --base64url -d 2>/dev/null")
        #expect(
            claims.output.hasSuffix(
                #","a":1.10,"b":1e2,"c":9007199254740991,"d":"\u00e9","e":{"f":[1.0,{"exp":null}]}}"#
            ))
        #expect(claims.output.hasPrefix(#"{"iss":"https://licenses.example.com","sub":""#))
    }

    @Test func `one bad drop does not stop the others`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(acme, as: "a.json")
        try bench.drop("{", as: "b.json")
        try bench.drop(acme.replacing("Acme", with: "Other"), as: "c.json")
        let run = try await bench.coldmint("run", "--json")
        #expect(run.status == 65)
        #expect(try run.json()["accepted"].integer == 2)
        #expect(try run.json()["rejected"].integer == 1)
        #expect(
            run.errors.contains(
                "a drop was refused: its receipt in the inbox says why (file: b.json, problem: 1:2: "
            ))
        #expect(try bench.receipt(of: "b.json")["problems"][0]["code"].string == "invalid-json")
        #expect(try await bench.coldmint("list").output.split(separator: "\n").count == 2)
    }

    @Test func `the same bytes are issued once, under whatever name they come`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(acme, as: "a.json")
        try bench.drop(acme, as: "b.json")
        let first = try await bench.coldmint("run", "--json").json()
        #expect(first["accepted"].integer == 1)
        #expect(first["repeated"].integer == 1)
        try bench.drop(acme, as: "c.json")
        let second = try await bench.coldmint("run", "--json")
        #expect(second.status == 0)
        #expect(try second.json()["repeated"].integer == 1)
        #expect(try second.json()["bundles"].strings == [])
        let receipt = try bench.receipt(of: "c.json")
        #expect(receipt["outcome"].string == "repeated")
        #expect(receipt["first"]["run"].integer == 1)
        #expect(receipt["first"]["file"].string == "a.json")
        let pointer = try #require(receipt["first"]["receipt"].string)
        #expect(try bench.read("inbox/\(pointer)").contains(#""outcome": "accepted""#))
    }

    @Test func `a taken name refuses the drop, and the first by file name has it`() async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(acme.replacing("25", with: "2"), as: "b.json")
        try bench.drop(acme, as: "a.json")
        #expect(try await bench.coldmint("run").status == 65)
        #expect(try bench.receipt(of: "a.json")["outcome"].string == "accepted")
        let problem = try bench.receipt(of: "b.json")["problems"][0]
        #expect(problem["code"].string == "name-taken")
        #expect(problem["pointer"].string == "/name")
        #expect(problem["line"].integer == 1)
        #expect(problem["column"].integer == 9)
    }

    @Test(.tags(.manyBundles), .long)
    func `an array of 10000 requests gives each of 100 customers a bundle of their own`()
        async throws
    {
        let bench = try await Workbench.withStation()
        let requests = (0..<10_000).map { number in
            let customer = "customer-\(number % 100 + 100)"
            return """
                {"name":"\(customer) license \(number)","customer":"\(customer)",\
                "payload":{"owner":"\(customer)"}}
                """
        }
        try bench.drop("[\(requests.joined(separator: ",\n"))]", as: "many.json")
        let report = try await bench.coldmint("run", "--json").json()
        #expect(report["licenses"].integer == 10_000)
        #expect(report["bundles"].strings.count == 100)

        let licenses = try await bench.coldmint("list", "--json").json().elements
        var ids: [String: Set<String>] = [:]
        for license in licenses {
            ids[license["customer"].string ?? "", default: []].insert(license["id"].string ?? "")
        }
        #expect(ids.count == 100)
        let customers = ids.keys.sorted()
        for customer in customers {
            let tar = "outbox/\(customer)/\(customer)-000001.tar"
            let verified = try await bench.coldmint("verify", "--json", tar).json()[0]
            #expect(
                Set(verified["licenses"].elements.compactMap { $0["id"].string }) == ids[customer])
        }
        let words = try await bench.shell(
            "for t in outbox/*/*.tar; do tar -xOf $t | grep -aoE 'customer-[0-9]+' | sort -u | wc -l; done"
        )
        #expect(words.output.split(separator: "\n") == Array(repeating: "1", count: 100))
        let bundleText = try await bench.shell("tar -xOf outbox/\(customers[0])/*.tar").output
        let others = customers.dropFirst().flatMap { ids[$0] ?? [] }
        #expect(!others.contains { bundleText.contains($0) })
    }
}
