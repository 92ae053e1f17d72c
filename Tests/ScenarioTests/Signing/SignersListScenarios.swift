import Foundation
import Support
import Testing

/// The list of those who may ask is guarded as the asking is.
@Suite struct SignersListScenarios {
    private static let request = #"{"name":"A","customer":"acme","payload":{}}"#

    private static func bench() async throws -> Workbench {
        let bench = try await Workbench.withSigners()
        try await bench.drop(request, as: "a.json", signedBy: ["alice"])
        return bench
    }

    /// Refused, and nothing was taken up.
    private static func expectRefusal(_ bench: Workbench, _ message: String) async throws {
        let run = try await bench.coldmint("run")
        #expect(run.status == 78, "\(run.output)")
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(bench.names(in: "inbox").contains("a.json"))
        #expect(bench.names(in: "outbox") == [])
        let audit = try await bench.coldmint("audit")
        #expect(audit.status == 65 || audit.status == 78, "\(audit.errors)")
    }

    @Test(arguments: [
        ("chmod g+w station/signers", "station/signers: others can write to it"),
        ("rm station/signers", "station/signers: there is no such file"),
        ("mv station/signers elsewhere; ln -s ../elsewhere station/signers", "station/signers"),
        ("rm station/signers; mkfifo station/signers", "station/signers"),
        (
            "chmod 777 . && mv station/signers list && sed -i 's/: signers/: ..\\/list/' station/*.yaml",
            "list: others can replace it"
        ),
    ])
    func `a list that others can change, or that is no plain file, is not used`(
        change: String, message: String
    ) async throws {
        let bench = try await Self.bench()
        _ = try await bench.shell(change)
        try await Self.expectRefusal(bench, message)
    }

    @Test(.enabled(if: geteuid() == 0, "giving a file to another user needs root"))
    func `a list of another user's is not used`() async throws {
        let bench = try await Self.bench()
        _ = try await bench.shell("chown 65534 station/signers")
        try await Self.expectRefusal(bench, "station/signers: it belongs to another user")
    }

    @Test func `a fault in the list is named by its line before anything is taken up`() async throws
    {
        let bench = try await Self.bench()
        let good = try bench.read("station/signers")
        try bench.write(good + "dave@example.com ssh-rsa AAAA\nerin@example.com\n", to: "list")
        _ = try await bench.shell("cp list station/signers")
        try await Self.expectRefusal(bench, "station/signers: line 4: key type 'ssh-rsa'")
        let check = try await bench.coldmint("signers", "check", "list")
        #expect(check.status == 65)
        #expect(check.errors.contains("list:4: key type 'ssh-rsa'"), "\(check.errors)")
        #expect(check.errors.contains("list:5: "), "\(check.errors)")
        #expect(try await bench.coldmint("signers", "check").status == 78)
        #expect(try await bench.coldmint("signers", "check", "no-list").status == 66)
    }

    @Test func `a list of too few people for some requests is told of, and serves for others`()
        async throws
    {
        let bench = try await Self.bench()
        try bench.set("signers: signers\napprovalsFor: {delete: 3}")
        try bench.write(
            bench.signersLine("alice") + bench.signersLine("bob")
                + bench.signersLine("carol", options: #"valid-before="20200101Z""#),
            to: "station/signers")
        let shortage =
            "of those who may ask, 2 can sign now, and more are needed for requests to delete (3)"
        let run = try await bench.coldmint("run", "--json")
        #expect(try run.json()["accepted"].integer == 1)
        #expect(run.errors.contains(shortage), "\(run.errors)")
        #expect(try await bench.coldmint("signers", "check").output.contains(shortage))
    }

    @Test(arguments: ["approvals: 2", "approvalsFor: {delete: 2}", "approvalsWithinSeconds: 60"])
    func `approvals without a list are a mistake in the configuration`(
        setting: String
    ) async throws {
        let bench = try await Self.bench()
        try bench.set(setting)
        try await Self.expectRefusal(bench, "needs the setting 'signers'")
    }

    @Test(arguments: [
        "approvals: 0", "approvals: two", "approvalsFor: 2", "approvalsFor: {renew: 2}",
        "approvalsFor: {delete: 0}", "approvalsFor: {delete: 1, delete: 2}",
        "approvalsWithinSeconds: 0",
    ])
    func `a setting of approvals that makes no sense is refused`(setting: String) async throws {
        let bench = try await Self.bench()
        try bench.set("signers: signers\n\(setting)")
        try await Self.expectRefusal(
            bench, String(setting.prefix { $0 != ":" }))
    }

    @Test func `the list is told in words, and as it stands today`() async throws {
        let bench = try await Workbench.withSigners(settings: "approvalsFor: {delete: 2}")
        try bench.write(
            bench.signersLine("alice")
                + bench.signersLine("bob", options: #"valid-before="20200101Z""#)
                + bench.signersLine("carol", options: #"namespaces="git""#),
            to: "station/signers")
        let words = try await bench.coldmint("signers", "check").output
        #expect(words.contains("alice@example.com may sign with the key SHA256:"))
        #expect(words.contains(", until 2020-01-01T00:00:00Z, and so no longer"))
        #expect(words.contains(", for git, and so not for this station"))
        #expect(
            words.contains(
                "3 people with 3 keys may ask; a drop needs 1 approval, one with a request to "
                    + "delete 2"))
        let list = try await bench.coldmint("signers", "list", "--json").json()
        #expect(
            list.elements.compactMap { $0["state"].string }
                == ["valid", "expired", "other-namespace"])
        let fingerprint = try await bench.shell("ssh-keygen -l -f alice.pub | cut -d' ' -f2")
        #expect("\(list[0]["key"].string ?? "")\n" == fingerprint.output)
        let plain = try await bench.coldmint("signers", "list").output
        #expect(plain.hasPrefix("alice@example.com\tvalid\tssh-ed25519\tSHA256:"))
    }

    @Test func `a station where nobody has to sign has no list to show`() async throws {
        let bench = try await Workbench.withStation()
        let list = try await bench.coldmint("signers", "list")
        #expect(list.status == 78)
        #expect(list.errors.contains("nobody has to sign for this station"))
    }

    @Test(arguments: [
        (#"valid-before="20261201Z""#, "could sign only until 2026-12-01T00:00:00Z"),
        (#"valid-after="20261202Z""#, "may sign only from 2026-12-02T00:00:00Z"),
        (#"namespaces="git,file""#, "may sign only for 'git,file'"),
    ])
    func `a key that may not sign now or here does not count`(
        options: String, remark: String
    ) async throws {
        let bench = try await Self.bench()
        try bench.write(bench.signersLine("alice", options: options), to: "station/signers")
        let run = try await bench.coldmint(at: "2026-12-01 09:00:00", "run", "--json")
        let awaiting = try run.json()["awaitingApproval"][0]
        #expect(awaiting["remarks"][0].string?.contains(remark) == true, "\(awaiting)")
        #expect(awaiting["signers"].elements.isEmpty && awaiting["couldSign"].elements.isEmpty)
    }
}
