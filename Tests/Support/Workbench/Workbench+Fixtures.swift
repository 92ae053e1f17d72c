import Foundation

/// Stations of every version of the ledger, from `Tests/Fixtures/Station`.
extension Workbench {
    package static let fixture = "\(repository)/Tests/Fixtures/Station"

    /// How many migrations each ledger has had.
    package static let ledgerVersions: [Int] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(fixture)/ledgers"))
        return (names ?? []).compactMap { Int($0.prefix { $0 != "." }) }.sorted()
    }()

    /// With the station as the version with so many migrations has left it: its ledger, its keys,
    /// and one of its bundles.
    package static func withStation(ofLedgerVersion version: Int) async throws -> Workbench {
        let bench = try Workbench()
        let made = try await bench.shell(
            """
            mkdir -p inbox station && chmod 700 station && cp -r '\(fixture)/outbox' . &&
            cp '\(fixture)/station.yaml' station/ && cp -r '\(fixture)/keys' station/ &&
            chmod 700 station/keys && chmod 600 station/keys/* &&
            touch station/ledger.sqlite station/lock && chmod 600 station/l*
            """)
        guard made.status == 0 else { throw WorkbenchError(description: made.errors) }
        let text = try String(contentsOfFile: "\(fixture)/ledgers/\(version).sql", encoding: .utf8)
        try bench.write(text, to: "ledger.sql")
        try await bench.python(
            "sqlite3.connect('station/ledger.sqlite').executescript(open('ledger.sql').read())")
        return bench
    }

    /// Runs a line of Python, which may use sqlite3.
    package func python(_ text: String) async throws {
        let answer = try await run("/usr/bin/python3", ["-c", "import os, sqlite3\n\(text)"])
        guard answer.status == 0 else { throw WorkbenchError(description: answer.errors) }
    }

    /// Makes the ledger one that a later version has brought up to date.
    package func makeLedgerNewer(_ ledger: String = "station/ledger.sqlite") async throws {
        try await python(
            """
            ledger = sqlite3.connect("\(ledger)")
            ledger.execute("INSERT INTO grdb_migrations VALUES ('99 the future')")
            ledger.commit()
            """)
    }

    /// Digests and modes of all that is in the folder.
    package func state(of folder: String) async throws -> String {
        let answer = try await shell(
            "cd '\(folder)' && find . -type f | sort | xargs sha256sum && "
                + "find . -printf '%p %m %T@\\n' | sort")
        guard answer.status == 0 else { throw WorkbenchError(description: answer.errors) }
        return answer.output
    }
}
