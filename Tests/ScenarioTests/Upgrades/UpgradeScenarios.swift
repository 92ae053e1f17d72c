import Support
import Testing

/// Stations that earlier versions have left.
@Suite(.tags(.manyRuns), .long) struct UpgradeScenarios {
    private static let secondsID = "019550ef-1280-7296-b7a3-c05e33aa0a6e"

    /// What a station of a version holds: each license with its name.
    private static func licenses(ofVersion version: Int) -> [String] {
        let first =
            version == 1
            ? ["Acme production", "Beta trial"] : ["Acme live", "Beta trial, deleted"]
        return first + (version >= 3 ? ["Gamma"] : []) + (version >= 6 ? ["Delta"] : [])
            + (version >= 9 ? ["Epsilon"] : []) + (version >= 10 ? ["Zeta"] : [])
            + (version >= 11 ? ["Sold", "Sold for ever"] : [])
            + (version >= 12 ? ["Signed by the second key"] : [])
    }

    private static func licenses(_ bench: Workbench) async throws -> [String] {
        try await bench.coldmint("list", "--json").json().elements.map {
            ($0["name"].string ?? "") + ($0["deletedAt"].isAbsent ? "" : ", deleted")
        }
    }

    @Test(arguments: Workbench.ledgerVersions)
    func `what an earlier version has issued is listed, shown and printed as it was`(
        version: Int
    ) async throws {
        let bench = try await Workbench.withStation(ofLedgerVersion: version)
        #expect(try await Self.licenses(bench) == Self.licenses(ofVersion: version))
        let name = version == 1 ? "Acme production" : "Acme live"
        let delivered = try await bench.delivered("acme/acme-000001.tar")
        let token = try #require(delivered["Acme production"])
        #expect(try await bench.coldmint("token", name).output == token)
        let shown = try await bench.coldmint("show", name, "--json").json()
        #expect(shown["token"].string == token)
        #expect(shown["payload"]["seats"].integer == 25)
        #expect(
            shown["history"].elements.compactMap { $0["action"].string }
                == (version == 1 ? ["create"] : ["create", "update", "update", "deliver"]))
        if version >= 11 {
            let sold = try await bench.coldmint("show", "Sold for ever", "--json").json()
            #expect(sold["product"].string == "server")
            #expect(sold["expiresAt"].isAbsent)
            #expect(sold["chain"].elements.map { $0["name"].string } == ["Sold", "Sold for ever"])
        }
        let deleted = try await bench.coldmint("show", Self.secondsID, "--json").json()
        #expect(deleted["deletedAt"].isAbsent == (version == 1))
        #expect(
            try await bench.coldmint("keys", "list", "--json").json().elements
                .compactMap { $0["state"].string }
                == (version < 3
                    ? ["active"]
                    : version < 12 ? ["active", "standby"] : ["standby", "active"]))
    }

    @Test(arguments: Workbench.ledgerVersions)
    func `an audit finds a station of an earlier version well`(version: Int) async throws {
        let bench = try await Workbench.withStation(ofLedgerVersion: version)
        let audit = try await bench.coldmint("audit", "--json")
        #expect(audit.status == 0, "\(audit.output)\(audit.errors)")
        let report = try audit.json()
        #expect(report["findings"].elements.isEmpty, "\(report)")
        #expect(report["licenses"].integer == Self.licenses(ofVersion: version).count)
    }

    @Test(arguments: Workbench.ledgerVersions)
    func `a run takes up where an earlier version has left off`(version: Int) async throws {
        let bench = try await Workbench.withStation(ofLedgerVersion: version)
        try bench.drop(
            """
            [{"name":"New","customer":"acme","payload":{}},
             {"action":"deliver","customer":"acme"}]
            """, as: "new.json")
        let run = try await bench.coldmint("run")
        #expect(run.status == 0, "\(run.errors)")
        // Behind the newest run of the fixture.
        let numbers = [1: 2, 2: 3, 3: 4, 4: 4, 5: 4, 6: 5, 7: 5, 8: 5, 9: 6]
        let number = numbers[version] ?? (version == 10 ? 7 : version - 2)
        let bundle = "acme/acme-\(number < 10 ? "00000" : "0000")\(number).tar"
        #expect(run.output.contains(bundle), "\(run.output)")
        let old = try await bench.delivered("acme/acme-000001.tar")["Acme production"]
        let name = version == 1 ? "Acme production" : "Acme live"
        #expect(try await bench.delivered(bundle)[name] == old)
        #expect(try await bench.shell("\(Workbench.binary) verify outbox/acme/*.tar").status == 0)
        let audit = try await bench.coldmint("audit")
        #expect(audit.status == 0, "\(audit.output)")
        #expect(
            try await Self.licenses(bench) == Self.licenses(ofVersion: version) + ["New"])
    }

    @Test(arguments: Workbench.ledgerVersions)
    func `no command that only looks writes to the station`(version: Int) async throws {
        let bench = try await Workbench.withStation(ofLedgerVersion: version)
        try bench.write(#"{"name":"New","customer":"acme","payload":{}}"#, to: "request.json")
        let before = try await bench.state(of: "station")
        for command in [
            ["list"], ["show", Self.secondsID], ["token", Self.secondsID], ["status"], ["audit"],
            ["renewals", "--within", "36500"], ["check", "--station", "station", "request.json"],
            ["keys", "list"], ["keys", "export"],
            ["verify", "outbox/acme/acme-000001.tar"], ["backup", "backup.tar"],
        ] {
            let answer = try await bench.shell(
                "\(Workbench.binary) \(command.joined(separator: " ")) >out")
            #expect(answer.status == 0, "\(command): \(answer.errors)")
            #expect(try await bench.state(of: "station") == before, "\(command)")
        }
    }

    /// A writer that was killed leaves a journal, without which the file cannot be read.
    @Test(arguments: [["list"], ["backup", "backup.tar"]])
    func `what a killed writer has left half written is taken back before anybody reads`(
        command: [String]
    ) async throws {
        let bench = try await Workbench.withStation(ofLedgerVersion: 8)
        let before = try await Self.licenses(bench)
        let killed = try await bench.run(
            "/usr/bin/python3",
            [
                "-c",
                """
                import os, sqlite3
                ledger = sqlite3.connect("station/ledger.sqlite", isolation_level=None)
                ledger.executescript("PRAGMA journal_mode = TRUNCATE; PRAGMA cache_size = 1; BEGIN;")
                ledger.execute("CREATE TABLE half (text)")
                for _ in range(200): ledger.execute("INSERT INTO half VALUES (zeroblob(3000))")
                os.kill(os.getpid(), 9)
                """,
            ])
        #expect(killed.status == 137)
        #expect(try bench.readBytes("station/ledger.sqlite-journal").contains { $0 != 0 })
        let answer = try await bench.run(Workbench.binary, command)
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(try await Self.licenses(bench) == before)
        #expect(try await bench.coldmint("audit").status == 0)
    }
}
