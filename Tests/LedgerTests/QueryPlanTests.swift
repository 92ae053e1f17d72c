import CalendarTime
import GRDB
import LicenseToken
import Support
import Synchronization
import Testing

@testable import Ledger

/// Questions that operators ask all day must not become slow with the years.
@Suite(.tags(.millionRows), .long) struct QueryPlanTests {
    private static let count = 1_000_000

    /// A million licenses of a hundred thousand customers; every tenth was delivered once more,
    /// every hundredth deleted.
    private static func filled() throws -> Ledger {
        let ledger = try newLedger()
        try record([], as: "1", digest: 1, in: ledger)
        try ledger.write { database in
            try database.execute(
                sql: """
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
                    INSERT INTO license (number, id, name, customer, not_before, expires_at,
                                         issued_at, deleted_at, kid, run, drop_file, token)
                    SELECT i, printf('00000000-0000-7000-8000-%012d', i), 'License ' || i,
                           'customer-' || (i % 100000), 1, 1000 + i, 1,
                           CASE WHEN i % 100 = 0 THEN 5 END, ?2, 1, 1, 'token ' || i FROM n;
                    INSERT INTO event (license, drop_file, kind)
                    SELECT number, 1, 'delivered' FROM license WHERE number % 10 = 0;
                    INSERT INTO bundle (run, customer, sha256, published_at)
                    SELECT DISTINCT 1, customer, zeroblob(32), 1 FROM license;
                    """, arguments: [count, try kid().description])
        }
        return ledger
    }

    /// Every SELECT that `body` makes, with the steps of its plan.
    private static func plans(
        _ ledger: Ledger, _ body: () throws -> Void
    ) throws -> [(sql: String, steps: [String])] {
        let statements = Mutex<[String]>([])
        try ledger.read { database in
            database.trace { event in
                let sql = event.expandedDescription
                if sql.hasPrefix("SELECT") || sql.hasPrefix("WITH") {
                    statements.withLock { $0.append(sql) }
                }
            }
        }
        try body()
        return try ledger.read { database in
            database.trace(options: [])
            return try statements.withLock { $0 }.map { sql in
                let steps = try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(sql)")
                return (sql, steps.map { $0["detail"] })
            }
        }
    }

    /// Each change of a license asks for the record of that very change, of which there may be many.
    @Test func `a change of a license does not read all those before it`() throws {
        let isIndexRead = try newLedger().read { database in
            let page = try Int.fetchOne(
                database,
                sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'event_change'")
            // The program of an update holds that of its triggers.
            let program = try Row.fetchAll(
                database, sql: "EXPLAIN UPDATE license SET name = 'x' WHERE number = 1")
            return program.contains { $0["opcode"] == "OpenRead" && $0["p2"] == page }
        }
        #expect(isIndexRead)
    }

    @Test func `with a million licenses nothing that an operator asks scans the table`() throws {
        let ledger = try Self.filled()
        let id = try #require(LicenseID("00000000-0000-7000-8000-000000400007"))
        let first = try digest(1)
        var listed: [String] = []
        let plans = try Self.plans(ledger) {
            try ledger.forEachLicense(LicenseFilter(customer: "customer-7")) {
                listed.append($0.name)
                return true
            }
            var ending = 0
            let soon = LicenseFilter(
                standing: .ending(after: try time(999_000), until: try time(1_002_000)))
            try ledger.forEachLicense(soon) { _ in
                ending += 1
                return true
            }
            #expect(ending == 1980)
            _ = try ledger.withReader { reader throws(LedgerError) in
                #expect(try reader.license(id)?.name == "License 400007")
                #expect(try reader.liveLicense(named: "License 9")?.license.token == "token 9")
                #expect(try reader.acceptedDrop(first) != nil)
                #expect(try reader.liveLicenseCount(of: "customer-7") == 10)
            }
            #expect(try ledger.history(ofLicense: id).map(\.event) == [.created])
            #expect(try ledger.bundleRuns(ofLicense: id) == [1])
            _ = try ledger.licenses(inBundleOf: 1, customer: "customer-7")
        }
        #expect(listed == (0..<10).map { "License \($0 * 100_000 + 7)" })
        #expect(plans.count >= 9)
        for plan in plans {
            #expect(plan.steps.filter(Self.isScan) == [], "\(plan.sql)")
        }
    }

    /// A page of everything walks along the table, and is the proof that a scan would be seen.
    @Test func `a list of everything is read in pages, from where the last one ended`() throws {
        let ledger = try newLedger()
        let all = try (0..<2500).map { Change.create(try newLicense("L\($0)")) }
        try record(all, as: "1", digest: 1, in: ledger)
        var count = 0
        let plans = try Self.plans(ledger) {
            try ledger.forEachLicense { license in
                #expect(license.name == "L\(count)")
                count += 1
                return true
            }
        }
        #expect(count == 2500)
        #expect(plans.count == 3)
        #expect(plans.map { $0.steps.contains { Self.isScan($0) } } == [true, false, false])
    }

    /// Of a table; what a query has built for itself may be gone through.
    private static func isScan(_ step: String) -> Bool {
        let words = step.split(separator: " ")
        return words.first == "SCAN"
            && ["license", "event", "drop_file", "bundle", "run"].contains(words.dropFirst().first)
    }
}
