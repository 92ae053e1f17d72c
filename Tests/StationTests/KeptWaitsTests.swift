import Foundation
import Testing

@testable import Station

/// What a watch knows of waiting drops must not outlive what it rests on.
struct KeptWaitsTests {
    /// A station where two people have to sign, with a drop that one of them has signed, and two
    /// scans behind it: the first has taken it up.
    private struct Waiting {
        let station: TestStation
        let kept = KeptWaits()

        init(aliceUntil end: String = "20300101Z") throws {
            station = try TestStation()
            try station.shell(
                """
                for who in alice bob; do
                    ssh-keygen -q -t ed25519 -N '' -C '' -f $who || exit 1
                done
                (echo "alice valid-before=\\"\(end)\\" $(cat alice.pub)"
                 echo "bob $(cat bob.pub)") >station/signers && chmod 600 station/signers &&
                printf 'signers: signers\\napprovals: 2\\n' >>station/station.yaml
                """)
            try station.dropLicense("A", for: "acme", as: "a.json")
            try station.shell("cp inbox/a.json . && \(Self.signature("alice", "a.json.sig"))")
            #expect(try signers() == ["alice"])
            #expect(try signers() == ["alice"])
        }

        static func signature(_ person: String, _ file: String) -> String {
            "ssh-keygen -q -Y sign -n coldmint-request@licenses.example.com -f \(person) "
                + "<a.json >inbox/\(file)"
        }

        func run() throws -> RunReport { try station.run(waits: kept) }

        /// Who has signed the drop, as the next scan sees it.
        func signers() throws -> [String]? {
            try run().awaitingApproval.first?.approvals.signers.map(\.name)
        }
    }

    @Test func `a minute later a drop is judged again`() throws {
        let waiting = try Waiting(aliceUntil: "20261201080030Z")
        waiting.station.advanceClock(by: 59)
        #expect(try waiting.signers() == ["alice"])
        waiting.station.advanceClock(by: 1)
        #expect(try waiting.signers() == [])
    }

    @Test(arguments: [
        ("a signature", Waiting.signature("bob", "a.json.bob.sig")),
        ("fewer approvals", "sed -i 's/approvals: 2/approvals: 1/' station/station.yaml"),
        (
            "the same bytes, signed",
            "cp a.json inbox/0.json && \(Waiting.signature("alice", "0.json.sig")) && "
                + Waiting.signature("bob", "0.json.bob.sig")
        ),
    ])
    func `what a wait depends on is seen at once`(what: String, change: String) throws {
        let waiting = try Waiting()
        try waiting.station.shell(change)
        let first = try waiting.run()
        // A drop that comes is handled after those that wait.
        if what == "the same bytes, signed" { #expect(try waiting.run().repeated == 1) }
        #expect(first.accepted == 1, "\(what)")
        #expect(waiting.station.names(in: "inbox/.claimed") == [], "\(what)")
    }

    @Test(arguments: [
        ("sed -i 's/^alice/carol/' station/signers", ["carol"]),
        ("echo garbage >$(ls inbox/.claimed/*.sig)", []),
        ("rm inbox/.claimed/*.sig", []),
    ])
    func `a signature that counts no longer is seen at once`(
        change: String, signers: [String]
    ) throws {
        let waiting = try Waiting()
        try waiting.station.shell(change)
        #expect(try waiting.signers() == signers)
    }

    @Test func `a drop that nobody approves in time is refused in time`() throws {
        let waiting = try Waiting()
        waiting.station.advanceClock(by: 604_790)
        #expect(try waiting.signers() == ["alice"])
        waiting.station.advanceClock(by: 10)
        #expect(try waiting.run().rejected == 1)
    }
}
