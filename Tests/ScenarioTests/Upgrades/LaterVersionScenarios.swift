import Support
import Testing

/// A station whose ledger a later version has brought up to date is refused, with a word on what
/// to do.
@Suite(.tags(.manyRuns), .long) struct LaterVersionScenarios {
    private static let refusal =
        "it was made by a later version of coldmint: install that version, or a later one"

    @Test(arguments: [
        "list", "show A", "token A", "status", "audit", "renewals --within 60", "keys list",
        "keys export", "keys generate --yes", "keys activate a --yes", "keys retire a --yes",
        "keys passphrase --no-passphrase", "check --station station inbox/a.json", "run", "watch",
        "backup backup.tar",
    ]) func `every command refuses the ledger of a later version`(command: String) async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "a.json")
        try await bench.makeLedgerNewer()
        let before = try bench.readBytes("station/ledger.sqlite")
        let answer = try await bench.run(
            Workbench.binary, command.split(separator: " ").map(String.init))
        #expect(answer.status == 78, "\(answer.errors)")
        #expect(
            answer.errors.contains("station/ledger.sqlite: \(Self.refusal)"), "\(answer.errors)")
        #expect(try bench.readBytes("station/ledger.sqlite") == before)
        #expect(bench.names(in: "inbox").contains("a.json"))
        #expect(bench.names(in: "").allSatisfy { !$0.contains("backup") })
    }

    @Test func `a watch ends where a later version has brought the ledger up to date`()
        async throws
    {
        let bench = try await Workbench.withStation()
        let watch = try await bench.whileRunning(["watch"]) { watch in
            try await bench.wait(for: "the watch") { watch.isWatching }
            try bench.drop(#"{"name":"A","customer":"a","payload":{}}"#, as: "a.json")
            try await bench.wait(for: "the receipt") {
                try bench.receipts(of: "a.json").count == 1
            }
            try await bench.makeLedgerNewer()
            try bench.drop(#"{"name":"B","customer":"a","payload":{}}"#, as: "b.json")
        }
        #expect(watch.status == 78)
        #expect(watch.errors.contains("station/ledger.sqlite: \(Self.refusal)"), "\(watch.errors)")
        #expect(bench.names(in: "inbox").contains("b.json"))
    }

    @Test func `a backup of a later version is not restored`() async throws {
        let bench = try await Workbench.withStation()
        #expect(try await bench.coldmint("backup", "backup.tar").status == 0)
        try await bench.repack("backup.tar", as: "newer.tar") { station in
            try await bench.makeLedgerNewer("\(station)/ledger.sqlite")
        }
        let answer = try await bench.coldmint("--station", "other", "restore", "newer.tar")
        #expect(answer.status == 78, "\(answer.errors)")
        #expect(answer.errors.contains("newer.tar: its ledger: \(Self.refusal)"))
        #expect(bench.names(in: "other") == [])
    }
}
