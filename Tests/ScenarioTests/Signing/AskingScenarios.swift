import Support
import Testing

/// What those who ask type, on whatever machine.
@Suite struct AskingScenarios {
    private static let request = #"{"name":"A","customer":"acme","payload":{}}"#

    @Test(arguments: ["acme.json", "two words.json", "it's.json", "-n.json"])
    func `the line that sign-command prints signs the request`(name: String) async throws {
        let bench = try await Workbench.withSigners()
        try bench.write(Self.request, to: name)
        for (label, key) in [(nil, "alice"), ("bob", "bob")] as [(String?, String)] {
            let printed = try await bench.run(
                Workbench.binary,
                ["sign-command", "--key", key] + (label.map { ["--label", $0] } ?? [])
                    + ["--", name])
            #expect(printed.status == 0, "\(printed.errors)")
            let signed = try await bench.shell(printed.output)
            #expect(signed.status == 0, "\(printed.output)\(signed.errors)")
        }
        let check = try await bench.run(
            Workbench.binary,
            ["check", "--signers", "station/signers", "--approvals", "2", "--", name])
        #expect(check.status == 0, "\(check.output)\(check.errors)")
        #expect(
            check.output.hasSuffix(
                "good, 1 request, signed by alice@example.com, bob@example.com (2 of 2) for "
                    + "\(Workbench.namespace)\n"))
        #expect(check.errors.contains("--issuer names the one that is meant"))
    }

    @Test func `sign-command knows the station's issuer, or is told it`() async throws {
        let bench = try await Workbench.withStation()
        let own = try await bench.coldmint("sign-command", "a.json").output
        #expect(
            own == "ssh-keygen -Y sign -n \(Workbench.namespace) -f ~/.ssh/id_ed25519 a.json\n")
        let told = try await bench.coldmint(
            "--station", "nowhere", "sign-command", "a.json", "--issuer",
            "https://other.example.com:8443/x", "--label", "bob")
        #expect(
            told.output
                == "ssh-keygen -Y sign -n coldmint-request@other.example.com -f ~/.ssh/id_ed25519 "
                + "<a.json >a.json.bob.sig\n")
        let lost = try await bench.coldmint("--station", "nowhere", "sign-command", "a.json")
        #expect(lost.status == 78)
        #expect(lost.errors.contains("name that with --issuer"))
        for wrong in [
            ["a.txt"], ["a.json", "--label", "Bob"], ["a.json", "--label", "json"],
            ["a.json", "--issuer", "nothing"],
        ] {
            let answer = try await bench.run(Workbench.binary, ["sign-command"] + wrong)
            #expect(answer.status == 64, "\(wrong)")
        }
    }

    @Test func `an agent signs`() async throws {
        let bench = try await Workbench.withSigners()
        try bench.drop(Self.request, as: "a.json")
        let signed = try await bench.shell(
            """
            eval "$(ssh-agent -a "$PWD/agent")" >/dev/null; trap 'kill $SSH_AGENT_PID' EXIT
            ssh-add -q alice && mv alice hidden
            eval "$(\(Workbench.binary) sign-command inbox/a.json --key alice.pub)"
            """)
        #expect(signed.status == 0, "\(signed.errors)")
        #expect(try await bench.coldmint("run", "--json").json()["accepted"].integer == 1)
    }

    @Test func `check foretells whether a request would be taken`() async throws {
        let bench = try await Workbench.withSigners(settings: "approvals: 2")
        try bench.write(Self.request, to: "a.json")
        try await bench.sign("a.json", by: "alice", as: "a.json.sig")
        try bench.write("garbage", to: "a.json.x.sig")
        _ = try await bench.shell("mkdir a.json.folder.sig; ln -s a.json.sig a.json.link.sig")
        func check(_ arguments: String...) async throws -> Workbench.Answer {
            try await bench.run(
                Workbench.binary, ["check", "--json", "--signers", "station/signers"] + arguments)
        }
        let one = try await check("a.json")
        #expect(one.status == 0, "\(one.output)")
        let approvals = try one.json()[0]["approvals"]
        #expect(approvals["namespace"].string == Workbench.namespace)
        #expect(approvals["remarks"].elements.count == 3)
        let atStation = try await check("a.json", "--station", "station")
        #expect(atStation.status == 65)
        #expect(try atStation.json()[0]["problems"][0]["code"].string == "not-approved")
        #expect(
            try atStation.json()[0]["problems"][0]["message"].string
                == "1 of 2 people have signed (alice@example.com); bob@example.com, carol@example.com "
                + "could")
        let elsewhere = try await check("a.json", "--issuer", "https://other.example.com")
        #expect(elsewhere.status == 65)
        #expect(try await check("-").status == 64)
        #expect(try await bench.coldmint("check", "--approvals", "2", "a.json").status == 64)
        let unasked = try await bench.coldmint("check", "--station", "station", "a.json")
        #expect(unasked.status == 0)
        #expect(unasked.errors.contains("who has was not looked at"))
        #expect(try await bench.coldmint("check", "--signers", "none", "a.json").status == 66)
    }

    @Test func `status says who has signed what waits and who else could`() async throws {
        let bench = try await Workbench.withSigners(settings: "approvals: 2")
        try await bench.drop(Self.request, as: "a.json", signedBy: ["alice"])
        #expect(try await bench.coldmint("run").status == 0)
        let text = try await bench.coldmint("status").output
        #expect(
            text.contains(
                "approval  a.json: 1 of 2 people have signed (alice@example.com); bob@example.com, "
                    + "carol@example.com could"), "\(text)")
        #expect(text.contains("; refused at "))
        try bench.write("x", to: "inbox/b.json.sig")
        #expect(
            try await bench.coldmint("status").output.contains(
                "signature b.json.sig: there is no drop of that name yet"))
        #expect(
            try await bench.coldmint("run").errors.contains(
                "a signature waits for the drop whose name it bears"))
        // A signature that no run has seen yet is told of too, and stays where it is.
        try await bench.sign("a.json", by: "bob", as: "inbox/a.json.bob.sig")
        let status = try await bench.coldmint("status", "--json").json()
        #expect(status["awaitingApproval"].elements.isEmpty)
        #expect(bench.names(in: "inbox").contains("a.json.bob.sig"))
    }
}
