import Support
import Testing

/// Signed bytes that come again, and signatures that are put beside other bytes.
@Suite struct ReplayScenarios {
    private static func create(_ name: String) -> String {
        #"{"name":"\#(name)","customer":"acme","payload":{}}"#
    }

    @Test func `an accepted drop is known by its bytes, whoever signs them anew`() async throws {
        let bench = try await Workbench.withSigners()
        try await bench.drop(Self.create("A"), as: "a.json", signedBy: ["alice"])
        #expect(try await bench.coldmint("run").status == 0)
        try await bench.drop(Self.create("A"), as: "b.json", signedBy: ["bob"])
        try bench.drop(Self.create("A"), as: "unsigned.json")
        #expect(try await bench.coldmint("run", "--json").json()["repeated"].integer == 2)
        #expect(try bench.receipt(of: "b.json")["outcome"].string == "repeated")
        #expect(try await bench.coldmint("list", "--json").json().elements.count == 1)
        #expect(bench.plainNames(in: "accepted").contains("b.json.sig"))
    }

    @Test func `a signature cannot be moved to other bytes`() async throws {
        let bench = try await Workbench.withSigners()
        try bench.write(Self.create("A"), to: "a.json")
        try await bench.sign("a.json", by: "alice", as: "inbox/b.json.sig")
        try bench.drop(Self.create("B"), as: "b.json")
        let run = try await bench.coldmint("run", "--json")
        #expect(try run.json()["waiting"].integer == 1)
        #expect(
            try run.json()["awaitingApproval"][0]["remarks"][0].string
                == "b.json.sig: it signs other bytes than these")
        #expect(try await bench.coldmint("list", "--json").json().elements.isEmpty)
        // It may be meant for a drop that is still to come.
        #expect(bench.names(in: "inbox").contains("b.json.sig"))
        try bench.drop(Self.create("A"), as: "b.json")
        #expect(try await bench.coldmint("run", "--json").json()["accepted"].integer == 1)
        #expect(try await bench.coldmint("show", "A").status == 0)
    }

    @Test func `a signature for the station of another host is worth nothing here`() async throws {
        let bench = try await Workbench.withSigners()
        try bench.drop(Self.create("A"), as: "a.json")
        try await bench.sign(
            "inbox/a.json", by: "alice", as: "inbox/a.json.sig",
            for: "coldmint-request@licenses.example.org")
        let run = try await bench.coldmint("run", "--json")
        #expect(try run.json()["waiting"].integer == 1)
        #expect(run.errors.contains("coldmint-request@licenses.example.org"))
    }

    @Test func `a drop that was refused is judged again by the list of that day`() async throws {
        let bench = try await Workbench.withSigners(settings: "approvalsWithinSeconds: 60")
        try bench.allow(["bob"])
        try await bench.drop(Self.create("A"), as: "a.json", signedBy: ["alice"])
        #expect(try await bench.coldmint(at: "2026-12-01 09:00:00", "run").status == 0)
        #expect(try await bench.coldmint(at: "2026-12-01 09:01:00", "run").status == 65)
        #expect(
            try bench.receipt(of: "a.json")["problems"][0]["code"].string == "not-approved")
        _ = try await bench.shell(
            "cd inbox; for f in rejected/*-a.json rejected/*-a.json.sig; do cp $f a.json${f#*a.json}; done"
        )
        try bench.allow(["alice"])
        #expect(try await bench.coldmint(at: "2026-12-01 09:02:00", "run").status == 0)
        #expect(
            try bench.receipts(of: "a.json").map { $0["outcome"].string }
                == ["accepted", "rejected"])
    }
}
