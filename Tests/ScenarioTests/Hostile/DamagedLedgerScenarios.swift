import Support
import Testing

/// A ledger in which a bit has turned: nothing goes out that its customer would refuse.
@Suite(.tags(.manyRuns), .long) struct DamagedLedgerScenarios {
    /// Turns a bit in a column, behind the back of the ledger's triggers; the same again undoes it.
    private static func turn(
        _ bit: Int, of column: String, in table: String, where condition: String, _ bench: Workbench
    ) async throws {
        let answer = try await bench.run(
            "/usr/bin/python3",
            [
                "-c",
                """
                import sqlite3, sys
                def turned(value):
                    if isinstance(value, int): return value ^ 1 << \(bit)
                    changed = bytearray(value.encode() if isinstance(value, str) else value)
                    changed[\(bit) // 8] ^= 1 << \(bit) % 8
                    return changed.decode() if isinstance(value, str) else bytes(changed)
                ledger = sqlite3.connect("station/ledger.sqlite")
                ledger.create_function("turned", 1, turned)
                find = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
                triggers = ledger.execute(find).fetchall()
                for name, _ in triggers: ledger.execute(f"DROP TRIGGER {name}")
                changed = ledger.execute(
                    "UPDATE \(table) SET \(column) = turned(\(column)) WHERE \(condition)")
                assert changed.rowcount == 1
                for _, sql in triggers: ledger.execute(sql)
                ledger.commit()
                """,
            ])
        guard answer.status == 0 else { throw WorkbenchError(description: answer.errors) }
    }

    /// All files in the outbox of the customer, drafts included.
    private static func bundles(_ bench: Workbench) async throws -> String {
        try await bench.shell("find outbox -type f -path '*/a/*' -printf '%f\\n' | sort").output
    }

    private static func benchWithBundle() async throws -> Workbench {
        let bench = try await Workbench.withStation()
        try bench.drop(
            #"[{"name":"A","customer":"a","payload":{}},{"name":"B","customer":"a","payload":{}}]"#,
            as: "a.json")
        guard try await bench.coldmint("run").status == 0 else {
            throw WorkbenchError(description: "no bundle was made")
        }
        return bench
    }

    @Test(arguments: [0, 77, 255])
    func `no bundle goes out while a bit of the active public key is turned`(bit: Int) async throws
    {
        let bench = try await Self.benchWithBundle()
        try await Self.turn(bit, of: "public_key", in: "key", where: "state = 'active'", bench)
        try bench.drop(#"{"name":"C","customer":"a","payload":{}}"#, as: "c.json")
        let run = try await bench.coldmint("run")
        #expect(run.status == 74, "\(run.errors)")
        #expect(try await Self.bundles(bench) == "a-000001.tar\n")
        try await Self.turn(bit, of: "public_key", in: "key", where: "state = 'active'", bench)
        #expect(try await bench.coldmint("run").status == 0)
        #expect(try await bench.shell("\(Workbench.binary) verify outbox/a/*.tar").status == 0)
    }

    @Test(arguments: [
        ("expires_at", 28), ("not_before", 16), ("id", 8), ("token", 1600), ("token_sha256", 9),
    ])
    func `no bundle goes out while a bit of what it delivers is turned`(
        column: String, bit: Int
    ) async throws {
        let bench = try await Self.benchWithBundle()
        try await Self.turn(bit, of: column, in: "license", where: "name = 'A'", bench)
        try bench.drop(#"{"action":"deliver","customer":"a"}"#, as: "again.json")
        let run = try await bench.coldmint("run")
        #expect(run.status == 74, "\(run.errors)")
        #expect(try await Self.bundles(bench) == "a-000001.tar\n")
        try await Self.turn(bit, of: column, in: "license", where: "name = 'A'", bench)
        let healed = try await bench.coldmint("run")
        #expect(healed.status == 0, "\(healed.errors)")
        #expect(try await Self.bundles(bench) == "a-000001.tar\na-000002.tar\n")
        #expect(try await bench.shell("\(Workbench.binary) verify outbox/a/*.tar").status == 0)
    }
}
