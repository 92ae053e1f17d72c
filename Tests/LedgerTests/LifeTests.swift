import GRDB
import GRDBSQLite
import LicenseToken
import Signatures
import Testing

@testable import Ledger

/// A license that is renamed, described, delivered and deleted.
struct LifeTests {
    private let first: IssuedLicense
    private let second: IssuedLicense

    init() throws {
        first = try newLicense("A")
        second = try newLicense("B")
    }

    private func update(_ name: String?, _ text: String?? = nil) -> Change {
        .update(
            LicenseUpdate(
                license: first.id, name: name,
                description: text.map { .changed(to: $0) } ?? .unchanged))
    }

    /// Four runs: issued; renamed and described; delivered; renamed once more and deleted.
    private func lived() throws -> Ledger {
        let ledger = try newLedger()
        try record([.create(first), .create(second)], as: "issue", digest: 1, in: ledger)
        try record([update("A2", "text")], as: "change", digest: 2, in: ledger)
        try record([.deliver(customer: "acme")], as: "deliver", digest: 3, in: ledger)
        try record(
            [update("A3", .some(nil)), .delete(first.id)], as: "end", digest: 4,
            in: ledger)
        return ledger
    }

    @Test func `every old value is kept, with the drop that changed it`() throws {
        let ledger = try lived()
        let history = try ledger.history(ofLicense: first.id)
        #expect(
            history.map(\.event) == [
                .created, .renamed(from: "A", to: "A2"), .described(from: nil, to: "text"),
                .delivered, .renamed(from: "A2", to: "A3"), .described(from: "text", to: nil),
                .deleted,
            ])
        #expect(
            history.map { String(decoding: $0.claim, as: UTF8.self) } == [
                "issue", "change", "change", "deliver", "end", "end", "end",
            ])
        #expect(history.map(\.run) == [1, 2, 2, 3, 4, 4, 4])
        #expect(history.map { $0.digest?.bytes.first } == [1, 2, 2, 3, 4, 4, 4])
        #expect(try history.allSatisfy { $0.time == (try time(1000)) })
    }

    @Test func `what stays as it is leaves no trace`() throws {
        let ledger = try newLedger()
        try record([.create(first)], as: "issue", digest: 1, in: ledger)
        try record([update("A", .some(nil))], as: "same", digest: 2, in: ledger)
        #expect(try ledger.history(ofLicense: first.id).map(\.event) == [.created])
    }

    @Test func `a bundle carries what its run issued or delivered, called as it was then`() throws {
        let ledger = try lived()
        func names(_ run: Int64) throws -> [String]? {
            try ledger.licenses(inBundleOf: run, customer: "acme").licenses?.map(\.license.name)
        }
        #expect(try names(1) == ["A", "B"])
        #expect(try names(2) == [])
        #expect(try names(3) == ["A2", "B"])
        #expect(try names(4) == [])
        #expect(
            try ledger.licenses(inBundleOf: 3, customer: "acme").licenses?.map(
                \.license.description)
                == ["text", nil])
        #expect(try ledger.licenses(inBundleOf: 1, customer: "other").numbers.isEmpty)
        #expect(
            try (1...4).map { try ledger.unpublished(ofRun: $0).customers.count } == [1, 0, 1, 0])
    }

    @Test func `a license knows the bundles that it went out in`() throws {
        let ledger = try lived()
        try ledger.add(
            [Int64(1), 3].map {
                BundleRecord(
                    run: $0, customer: "acme", digest: try digest(0),
                    publishedAt: try time(1))
            })
        #expect(try ledger.bundleRuns(ofLicense: first.id) == [1, 3])
        #expect(try ledger.runsWithWrongBundles() == [])
    }

    @Test func `a deleted license cannot be changed, and its name is free`() throws {
        let ledger = try lived()
        #expect(throws: LedgerError.self) {
            try record([update("A4")], as: "late", digest: 5, in: ledger)
        }
        #expect(throws: LedgerError.self) {
            try record([.delete(first.id)], as: "late", digest: 5, in: ledger)
        }
        try record([.create(try newLicense("A3"))], as: "again", digest: 6, in: ledger)
        #expect(try liveLicense("A3", in: ledger) != nil)
    }

    @Test(arguments: [
        "UPDATE license SET token = 'x'", "UPDATE license SET expires_at = 9",
        "UPDATE license SET customer = 'x'", "UPDATE license SET name = 'x'",
        "UPDATE license SET description = 'x'", "UPDATE license SET deleted_at = 7",
        "UPDATE license SET deleted_at = NULL WHERE deleted_at IS NOT NULL",
        "DELETE FROM license", "UPDATE event SET old = 'x'", "DELETE FROM event",
        "UPDATE drop_file SET receipt = 'x'", "DELETE FROM drop_file",
        "UPDATE bundle SET run = 2", "DELETE FROM bundle",
    ])
    func `the schema keeps what was recorded`(statement: String) throws {
        let ledger = try lived()
        try ledger.add([
            BundleRecord(
                run: 1, customer: "acme", digest: try digest(0), publishedAt: try time(1))
        ])
        #expect(throws: LedgerError.self) {
            try ledger.write { try $0.execute(sql: statement) }
        }
    }

    @Test(arguments: [
        "UPDATE license SET name = 'x' WHERE name = 'A3'",
        "UPDATE license SET description = 'x' WHERE name = 'A3'",
        "UPDATE license SET deleted_at = NULL WHERE name = 'A3'",
        "UPDATE license SET deleted_at = 7 WHERE name = 'B'",
        "UPDATE event SET old = 'x' WHERE new = 'A3'",
        "UPDATE event SET new = 'x' WHERE new = 'A2'",
        "DELETE FROM event WHERE new = 'A3'", "DELETE FROM event WHERE kind = 'deleted'",
    ])
    func `a history that was meddled with does not add up`(statement: String) throws {
        let ledger = try lived()
        #expect(try ledger.licensesWithBrokenHistory() == [])
        #expect(try ledger.hasOwnSchema())
        let triggers = try ledger.read {
            try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        }
        try ledger.write { database in
            for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger)") }
            try database.execute(sql: statement)
        }
        #expect(try ledger.licensesWithBrokenHistory().count == 1)
        #expect(try !ledger.hasOwnSchema())
    }

    @Test func `many deliveries in one drop record each license once`() throws {
        let ledger = try newLedger()
        try record([.create(first), .create(second)], as: "issue", digest: 1, in: ledger)
        let third = try newLicense("C")
        let deliver = Change.deliver(customer: "acme")
        try record(
            [deliver, deliver, .create(third), deliver, deliver], as: "deliver", digest: 2,
            in: ledger)
        for license in [first, second, third] {
            let events = try ledger.history(ofLicense: license.id).map(\.event)
            #expect(events == [.created, .delivered])
        }
    }

    /// The instructions of SQLite's machine that recording takes, which no load of the machine
    /// changes.
    @Test func `a delivery that repeats another of its drop does not go over all licenses again`()
        throws
    {
        func steps(deliveries: Int) throws -> Int {
            let ledger = try newLedger()
            let licenses = try (0..<1000).map { Change.create(try newLicense("L\($0)")) }
            try record(licenses, as: "issue", digest: 1, in: ledger)
            let changes = [Change](repeating: .deliver(customer: "acme"), count: deliveries)
            let count = UnsafeMutablePointer<Int>.allocate(capacity: 1)
            defer { count.deallocate() }
            count.initialize(to: 0)
            try ledger.write { database in
                sqlite3_progress_handler(
                    database.sqliteConnection, 1,
                    { counter in
                        counter?.assumingMemoryBound(to: Int.self).pointee += 1
                        return 0
                    }, count)
            }
            try record(changes, as: "deliver", digest: 2, in: ledger)
            try ledger.write { sqlite3_progress_handler($0.sqliteConnection, 0, nil, nil) }
            return count.pointee
        }
        let (one, hundred) = (try steps(deliveries: 1), try steps(deliveries: 100))
        #expect(hundred < 2 * one)
    }
}
