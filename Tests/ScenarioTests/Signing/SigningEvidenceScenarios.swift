import Foundation
import Support
import Testing

/// Who asked can be proved later, from the ledger alone.
@Suite struct SigningEvidenceScenarios {
    private static let request = #"{"name":"A","customer":"acme","payload":{}}"#

    private static func bench() async throws -> Workbench {
        let bench = try await Workbench.withSigners(settings: "approvals: 2")
        try await bench.drop(request, as: "a.json", signedBy: ["alice", "bob"])
        let text = request.replacing("\"A\"", with: "\"B\"")
        try await bench.drop(text, as: "b.json", signedBy: ["carol", "bob"])
        let run = try await bench.coldmint("run")
        guard run.status == 0 else { throw WorkbenchError(description: run.errors) }
        return bench
    }

    @Test func `receipt, show and list name who asked and who approved`() async throws {
        let bench = try await Self.bench()
        let key = try await bench.shell("ssh-keygen -l -f alice.pub | cut -d' ' -f2").output
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let signer = try bench.receipt(of: "a.json")["signers"][0]
        #expect(
            signer.canonical
                == (try JSONTree(
                    #"{"name":"alice@example.com","key":"\#(key)","signedAt":null}"#)).canonical)
        let shown = try await bench.coldmint("show", "A").output
        #expect(shown.contains("asked for by alice@example.com (\(key))"), "\(shown)")
        #expect(shown.contains("approved by bob@example.com (SHA256:"))
        let list = try await bench.shell("sha256sum station/signers").output.prefix(64)
        #expect(shown.contains("under the list of signers \(list)"))
        #expect(
            try await bench.coldmint("show", "A", "--json").json()["signers"][0].canonical
                == signer.canonical)
        func listed(by person: String) async throws -> [String] {
            try await bench.coldmint("list", "--json", "--signer", "\(person)@example.com").json()
                .elements.compactMap { $0["name"].string }
        }
        #expect(try await listed(by: "alice") == ["A"])
        #expect(try await listed(by: "bob") == ["A", "B"])
        #expect(try await listed(by: "nobody") == [])
        let id = try #require(
            try await bench.coldmint("show", "A", "--json").json()["id"].string)
        try await bench.drop(
            #"{"action":"update","license":"\#(id)","name":"A2"}"#, as: "c.json",
            signedBy: ["carol", "bob"])
        #expect(try await bench.coldmint("run").status == 0)
        #expect(try await listed(by: "carol") == ["A2", "B"])
        // A delivery changes no license.
        try await bench.drop(
            #"{"action":"deliver","customer":"acme"}"#, as: "d.json", signedBy: ["alice", "bob"])
        #expect(try await bench.coldmint("run").status == 0)
        #expect(try await listed(by: "alice") == ["A2"])
    }

    /// Each with a word of the finding.
    private static let manipulations: [(sql: String, finding: String)] = [
        ("UPDATE signature SET signature = x'00' WHERE id = 1", "is none"),
        (
            "UPDATE signature SET signature = CAST(substr(signature, 1, 200) || x'00000000000000' AS BLOB)"
                + " WHERE id = 1", "does not verify"
        ),
        (
            "UPDATE signature SET signer = 'dave@example.com' WHERE id = 1",
            "is of alice@example.com"
        ),
        ("UPDATE signature SET key = 'SHA256:x' WHERE id = 1", "with the key SHA256:x"),
        ("UPDATE signature SET digest = zeroblob(64) WHERE id = 1", "does not verify"),
        ("DELETE FROM signature WHERE id = 2", "accepted with 1 of the 2 approvals"),
        (
            "UPDATE signature SET digest = (SELECT digest FROM signature WHERE id = 3),"
                + " signature = (SELECT signature FROM signature WHERE id = 3),"
                + " signer = 'carol@example.com', key = (SELECT key FROM signature WHERE id = 3)"
                + " WHERE id = 1", "cover the same digest"
        ),
        ("UPDATE drop_file SET approvals_needed = NULL", "is not recorded"),
        (
            "UPDATE signers_list SET text = CAST(text || x'0a' AS BLOB)",
            "is not the one of its digest"
        ),
        ("DELETE FROM run_signers", "no longer recorded"),
    ]

    @Test(arguments: manipulations.indices)
    func `an audit finds evidence that was changed`(index: Int) async throws {
        let (sql, finding) = Self.manipulations[index]
        let bench = try await Self.bench()
        #expect(try await bench.coldmint("audit").status == 0)
        let refused = try await bench.run("sqlite3", ["station/ledger.sqlite", sql])
        #expect(
            refused.errors.contains("never changes") || refused.errors.contains("never removed"))
        let dump = try await bench.shell(
            """
            sqlite3 station/ledger.sqlite "SELECT 'DROP TRIGGER ' || name || ';' \
            FROM sqlite_schema WHERE type = 'trigger'" | sqlite3 station/ledger.sqlite
            """)
        #expect(dump.status == 0, "\(dump.errors)")
        let changed = try await bench.run("sqlite3", ["station/ledger.sqlite", sql])
        #expect(changed.status == 0, "\(changed.errors)")
        let audit = try await bench.coldmint("audit")
        #expect(audit.status == 65)
        #expect(audit.output.contains(finding), "\(audit.output)")
    }

    @Test func `an audit names runs for which the signers were taken out`() async throws {
        let bench = try await Self.bench()
        try bench.set("")
        try bench.drop(Self.request.replacing("\"A\"", with: "\"C\""), as: "c.json")
        #expect(try await bench.coldmint("run").status == 0)
        let audit = try await bench.coldmint("audit")
        #expect(audit.status == 0)
        #expect(audit.errors.contains("run 2: nobody had to sign, although people had to before"))
    }

    @Test func `an audit holds signatures against the drop that lies in accepted`() async throws {
        let bench = try await Self.bench()
        _ = try await bench.shell("cd inbox/accepted && echo >>*-a.json && rm *-b.json")
        let audit = try await bench.coldmint("audit")
        #expect(audit.status == 0)
        #expect(audit.errors.contains("-a.json: it is not the drop any more that was accepted"))
    }
}
