import Foundation
import Support
import Testing

/// Requests that people have to sign.
@Suite(.tags(.manyRuns), .long) struct SigningScenarios {
    private static func create(_ name: String) -> String {
        #"{"name":"\#(name)","customer":"acme","payload":{}}"#
    }

    @Test func `two people ask, approve too late and in time, lose a key, and delete`() async throws
    {
        let bench = try await Workbench.withSigners(
            ["alice", "bob", "carol"], settings: "approvals: 1\napprovalsFor: {delete: 2}")

        // Alice asks, and her signature alone is enough.
        try await bench.drop(Self.create("First"), as: "first.json", signedBy: ["alice"])
        #expect(try await bench.coldmint(at: "2026-12-01 09:00:00", "run").status == 0)
        let receipt = try bench.receipt(of: "first.json")
        #expect(receipt["signers"][0]["name"].string == "alice@example.com")
        let license = try #require(receipt["results"][0]["license"].string)

        // A deletion wants two. Nobody approves it within a week.
        let deletion = { (id: String) in
            #"{"action":"delete","license":"\#(license)","name":"First","requestId":"\#(id)"}"#
        }
        try await bench.drop(deletion("1"), as: "late.json", signedBy: ["alice"])
        let waiting = try await bench.coldmint(at: "2026-12-02 09:00:00", "run", "--json")
        #expect(waiting.status == 0)
        let awaiting = try waiting.json()["awaitingApproval"][0]
        #expect(awaiting["needed"].integer == 2)
        #expect(awaiting["signers"][0]["name"].string == "alice@example.com")
        #expect(
            awaiting["couldSign"].elements.compactMap(\.string)
                == ["bob@example.com", "carol@example.com"])
        #expect(awaiting["refusedAt"].string == "2026-12-09T09:00:00Z")
        #expect(try await bench.coldmint(at: "2026-12-09 08:59:59", "run").status == 0)
        #expect(try await bench.coldmint(at: "2026-12-09 09:00:00", "run").status == 65)
        let refusal = try bench.receipt(of: "late.json")
        #expect(refusal["problems"][0]["code"].string == "not-approved")
        #expect(
            refusal["problems"][0]["message"].string
                == "2 people have to sign it, and 604800 seconds after it was taken up only "
                + "alice@example.com has: drop it again, and have it signed in time")
        #expect(bench.plainNames(in: "rejected").contains("late.json.sig"))

        // Bob's key is stolen, and the thief approves what Alice asks for. The key is struck.
        try await bench.drop(deletion("2"), as: "again.json", signedBy: ["alice"])
        #expect(try await bench.coldmint(at: "2026-12-10 09:00:00", "run").status == 0)
        try bench.allow(["alice", "carol"])
        try await bench.sign(
            "again.json", by: "bob", as: "inbox/again.json.bob.sig")
        let struck = try await bench.coldmint(at: "2026-12-10 10:00:00", "run", "--json")
        #expect(try struck.json()["waiting"].integer == 1)
        #expect(struck.errors.contains("nobody on the list has the key SHA256:"))
        #expect(try await bench.coldmint("show", "First").status == 0)

        // Carol approves.
        try await bench.sign("again.json", by: "carol", as: "inbox/again.json.carol.sig")
        #expect(try await bench.coldmint(at: "2026-12-11 09:00:00", "run").status == 0)
        #expect(
            try bench.receipt(of: "again.json")["signers"].elements
                .compactMap { $0["name"].string } == ["alice@example.com", "carol@example.com"])
        let history = try await bench.coldmint("show", license, "--json").json()["history"]
        #expect(history[1]["action"].string == "delete")
        #expect(history[1]["signers"].elements.count == 2)
        #expect(history[0]["signersList"].string != history[1]["signersList"].string)
        #expect(try await bench.coldmint("audit", "--json").json()["signatures"].integer == 4)
        #expect(bench.plainNames(in: ".claimed") == [])
    }

    @Test(arguments: ["signature first", "drop first", "a run between"])
    func `a drop and its signature may come in any order`(order: String) async throws {
        let bench = try await Workbench.withSigners()
        try bench.write(Self.create("A"), to: "a.json")
        let steps: [() async throws -> Void] = [
            { try await bench.sign("a.json", by: "alice", as: "inbox/a.json.sig") },
            { try bench.drop(Self.create("A"), as: "a.json") },
        ]
        for step in order == "signature first" ? steps : steps.reversed() {
            try await step()
            if order == "a run between" {
                #expect(try await bench.coldmint("run").status == 0)
            }
        }
        #expect(try await bench.coldmint("run").status == 0)
        #expect(try bench.receipt(of: "a.json")["outcome"].string == "accepted")
        #expect(
            bench.plainNames(in: "accepted")
                == ["a.json", "a.json.receipt.json", "a.json.sig"])
        #expect(bench.plainNames(in: ".claimed") == [])
    }

    @Test func `two people who give their signatures the same name both count`() async throws {
        let bench = try await Workbench.withSigners(settings: "approvals: 2")
        try await bench.drop(Self.create("A"), as: "a.json", signedBy: ["alice"])
        #expect(try await bench.coldmint("run").status == 0)
        #expect(bench.names(in: "inbox") == [".claimed", "accepted", "rejected"])
        try await bench.sign("a.json", by: "bob", as: "inbox/a.json.sig")
        #expect(try await bench.coldmint("run").status == 0)
        #expect(try bench.receipt(of: "a.json")["signers"].elements.count == 2)
        #expect(
            bench.plainNames(in: "accepted")
                == ["a.json", "a.json.2.sig", "a.json.receipt.json", "a.json.sig"])
    }

    @Test func `neither two signatures nor two keys of one person count twice`() async throws {
        let bench = try await Workbench.withSigners(settings: "approvals: 2")
        try await bench.makeKey("second")
        try bench.write(
            try bench.signersLine("alice") + bench.signersLine("alice", key: "second")
                + bench.signersLine("bob"), to: "station/signers")
        try await bench.drop(Self.create("A"), as: "a.json", signedBy: ["alice", "second"])
        try await bench.sign("a.json", by: "alice", as: "inbox/a.json.again.sig")
        let run = try await bench.coldmint("run", "--json").json()
        #expect(run["awaitingApproval"][0]["signers"].elements.count == 1)
        #expect(run["awaitingApproval"][0]["couldSign"][0].string == "bob@example.com")
        try await bench.sign("a.json", by: "bob", as: "inbox/a.json.bob.sig")
        #expect(try await bench.coldmint("run").status == 0)
        #expect(bench.plainNames(in: "accepted").count == 6)
    }

    @Test func `what does not verify stands in nobody's way`() async throws {
        let bench = try await Workbench.withSigners()
        try await bench.makeKey("mallory")
        try bench.write("something else", to: "other.json")
        try bench.drop(Self.create("A"), as: "a.json")
        try bench.write("garbage", to: "inbox/a.json.sig")
        try bench.write("", to: "inbox/a.json.empty.sig")
        try await bench.sign("inbox/a.json", by: "mallory", as: "inbox/a.json.m.sig")
        try await bench.sign(
            "inbox/a.json", by: "alice", as: "inbox/a.json.file.sig", for: "file")
        _ = try await bench.shell(
            "ln -s /etc/passwd inbox/a.json.link.sig; mkfifo inbox/a.json.pipe.sig")
        let first = try await bench.coldmint("run", "--json")
        #expect(try first.json()["waiting"].integer == 1)
        #expect(first.errors.contains("a.json.file.sig: the signature was made for the namespace"))
        #expect(first.errors.contains("a.json.link.sig: it is no plain file"))
        try await bench.sign("\(try Self.claimed(bench))", by: "alice", as: "inbox/a.json.sig")
        #expect(try await bench.coldmint("run").status == 0)
        #expect(try bench.receipt(of: "a.json")["signers"].elements.count == 1)
        // The link and the pipe are no signatures, and are left to whoever has put them there.
        #expect(
            bench.names(in: "inbox").filter { $0.hasSuffix(".sig") }
                == ["a.json.link.sig", "a.json.pipe.sig"])
        #expect(bench.plainNames(in: "accepted").filter { $0.hasSuffix(".sig") }.count == 5)
    }

    /// The path of the only drop that is claimed.
    private static func claimed(_ bench: Workbench) throws -> String {
        let names = bench.names(in: "inbox/.claimed").filter { $0.hasSuffix(".json") }
        return "inbox/.claimed/\(try #require(names.first))"
    }

    @Test func `who asked is the person whose signature has the plain name, whatever the labels`()
        async throws
    {
        let bench = try await Workbench.withSigners(settings: "approvals: 2")
        try await bench.drop(Self.create("A"), as: "a.json", signedBy: ["alice"])
        try await bench.sign("a.json", by: "bob", as: "inbox/a.json.-5.sig")
        #expect(try await bench.coldmint("run").status == 0)
        #expect(
            try bench.receipt(of: "a.json")["signers"][0]["name"].string == "alice@example.com")
    }

    @Test func `any number of worthless signatures costs a few remarks`() async throws {
        let bench = try await Workbench.withSigners()
        for _ in 0..<3 {
            try bench.drop(Self.create("\(UUID())"), as: "a.json")
            #expect(try await bench.coldmint("run").status == 0)
        }
        _ = try await bench.shell("for i in $(seq 300); do echo g >inbox/a.json.g$i.sig; done")
        let run = try await bench.coldmint("run", "--json")
        let remarks = try run.json()["awaitingApproval"].elements.map { $0["remarks"].elements }
        #expect(remarks.map(\.count) == [21, 21, 21])
        #expect(remarks[0].last?.string == "280 more signatures that do not count")
        #expect(bench.names(in: "inbox").count == 3)
    }

    @Test func `a signature that is still being written is waited for`() async throws {
        let bench = try await Workbench.withSigners()
        try bench.write(Self.create("A"), to: "a.json")
        try await bench.sign("a.json", by: "alice", as: "whole.sig")
        let text = try bench.read("whole.sig")
        try bench.drop(Self.create("A"), as: "a.json")
        try bench.write(String(text.prefix(100)), to: "inbox/a.json.sig")
        let writer = try FileHandle(forWritingTo: URL(filePath: "\(bench.path)/inbox/a.json.sig"))
        #expect(try await bench.coldmint("run", "--json").json()["waiting"].integer == 1)
        #expect(bench.names(in: "inbox").contains("a.json.sig"))
        try writer.write(contentsOf: Data(text.utf8))
        try writer.close()
        #expect(try await bench.coldmint("run").status == 0)
        #expect(try bench.receipt(of: "a.json")["outcome"].string == "accepted")
    }

    @Test func `a signature counts for the one of two drops of a name that it signs`() async throws
    {
        let bench = try await Workbench.withSigners()
        for name in ["A", "B"] {
            try bench.drop(Self.create(name), as: "x.json")
            #expect(try await bench.coldmint("run", "--json").json()["accepted"].integer == 0)
        }
        try bench.write(Self.create("B"), to: "b.json")
        try await bench.sign("b.json", by: "alice", as: "inbox/x.json.sig")
        #expect(try await bench.coldmint("run", "--json").json()["accepted"].integer == 1)
        #expect(try await bench.coldmint("show", "B").status == 0)
        #expect(try await bench.coldmint("show", "A").status == 66)
        try bench.write(Self.create("A"), to: "a.json")
        try await bench.sign("a.json", by: "bob", as: "inbox/x.json.sig")
        #expect(try await bench.coldmint("run", "--json").json()["accepted"].integer == 1)
        #expect(bench.plainNames(in: "accepted").filter { $0 == "x.json.sig" }.count == 2)
    }

    @Test func `a drop with a mistake is refused at once, with its signature`() async throws {
        let bench = try await Workbench.withSigners(settings: "approvals: 2")
        try await bench.drop(#"{"name":"A"}"#, as: "bad.json", signedBy: ["alice"])
        #expect(try await bench.coldmint("run").status == 65)
        let receipt = try bench.receipt(of: "bad.json")
        #expect(receipt["problems"][0]["code"].string == "missing-member")
        #expect(receipt["signers"][0]["name"].string == "alice@example.com")
        #expect(bench.plainNames(in: "rejected").contains("bad.json.sig"))
    }

    @Test func `a drop needs as many approvals as the most demanding of its requests`() async throws
    {
        let bench = try await Workbench.withSigners(settings: "approvalsFor: {deliver: 2}")
        try await bench.drop(
            "[\(Self.create("A")),{\"action\":\"deliver\",\"customer\":\"acme\"}]", as: "a.json",
            signedBy: ["alice"])
        #expect(try await bench.coldmint("run", "--json").json()["waiting"].integer == 1)
        try await bench.sign("a.json", by: "carol", as: "inbox/a.json.sig")
        #expect(try await bench.coldmint("run", "--json").json()["accepted"].integer == 1)
    }

    @Test func `a large drop is signed like any other`() async throws {
        let bench = try await Workbench.withSigners()
        let requests = (0..<9000).map { number in
            #"{"name":"\#(number)","customer":"acme","payload":{"text":"\#(String(repeating: "x", count: 80))"}}"#
        }
        let text = "[\(requests.joined(separator: ","))]"
        #expect(text.utf8.count > 1 << 20)
        try bench.drop(text, as: "large.json")
        #expect(try await bench.coldmint("run", "--json").json()["waiting"].integer == 1)
        try bench.write(text, to: "large.json")
        try await bench.sign("large.json", by: "bob", as: "inbox/large.json.sig")
        #expect(try await bench.coldmint("run", "--json").json()["licenses"].integer == 9000)
        #expect(
            try bench.receipt(of: "large.json")["signers"][0]["name"].string == "bob@example.com")
        #expect(try await bench.coldmint("audit").status == 0)
    }

    @Test func `a name that is too long to be kept finds its signature`() async throws {
        let bench = try await Workbench.withSigners()
        let name = String(repeating: "n", count: 240) + ".json"
        try await bench.drop(Self.create("A"), as: name, signedBy: ["alice"])
        #expect(try await bench.coldmint("run", "--json").json()["accepted"].integer == 1)
        #expect(bench.names(in: "inbox/accepted").count == 3)
    }

    @Test func `a watch takes a drop up as soon as it is approved`() async throws {
        let bench = try await Workbench.withSigners(settings: "approvals: 2")
        let watch = try await bench.whileRunning(["watch"]) { process in
            try await bench.wait(for: "the watch") { process.isWatching }
            try await bench.drop(Self.create("A"), as: "a.json", signedBy: ["alice"])
            try await bench.wait(for: "the claim") {
                bench.plainNames(in: ".claimed") == ["a.json", "a.json.sig"]
            }
            // A list that is just being written does not end the watch.
            let list = try bench.read("station/signers")
            try bench.write(String(list.prefix(60)), to: "station/signers")
            try bench.write("{}", to: "inbox/b.json")
            try await Task.sleep(for: .seconds(1))
            try bench.write(list, to: "station/signers")
            try await bench.sign("a.json", by: "bob", as: "inbox/a.json.bob.sig")
            try await bench.wait(for: "the bundle") {
                // Run 2 where the refused drop had one of its own.
                bench.names(in: "outbox/acme").contains { $0.hasPrefix("acme-00000") }
            }
            try process.terminate()
        }
        #expect(watch.status == 0, "\(watch.errors)")
        #expect(watch.errors.contains("1 of 2 people have signed (alice@example.com)"))
    }

    @Test func `a station without signers leaves signatures alone`() async throws {
        let bench = try await Workbench.withStation()
        try await bench.makeKey("alice")
        try await bench.drop(Self.create("A"), as: "a.json", signedBy: ["alice"])
        let run = try await bench.coldmint("run")
        #expect(run.status == 0)
        #expect(run.errors.contains("nobody has to sign for this station"))
        #expect(try bench.receipt(of: "a.json")["signers"].isAbsent)
        #expect(bench.names(in: "inbox").contains("a.json.sig"))
        #expect(
            try await bench.coldmint("status", "--json").json()["inbox"]["ignored"][0].string
                == "a.json.sig")
    }
}
