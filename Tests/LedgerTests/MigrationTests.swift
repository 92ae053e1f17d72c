import Foundation
import GRDB
import LicenseToken
import Signatures
import Support
import SystemPackage
import Testing

@testable import Ledger

/// Ledgers as earlier versions have left them.
struct MigrationTests {
    /// The newest migration that a version had.
    private static let earlier = Schema.migrator.migrations.dropLast()

    /// A ledger of that version, with a key, a run, a drop and a license in it.
    private static func make(upTo migration: String, at path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try Schema.migrator.migrate(queue, upTo: migration)
        let (kid, publicKey) = (try kid().description, Data(repeating: 7, count: 32))
        try queue.write { database in
            try database.execute(
                sql: "INSERT INTO key VALUES (?, ?, 'standby', 1)", arguments: [kid, publicKey])
            if try database.tableExists("key_event") {
                for event in ["generated", "activated"] {
                    try database.execute(
                        sql: "INSERT INTO key_event (kid, event, at) VALUES (?, ?, 1)",
                        arguments: [kid, event])
                }
            }
            try database.execute(sql: "UPDATE key SET state = 'active'")
            try database.execute(
                sql: "INSERT INTO run VALUES (1, 1000, 'https://example.com', ?, 1001)",
                arguments: [kid])
            try database.execute(
                sql: """
                    INSERT INTO drop_file (id, run, claim, sha256, outcome, receipt)
                    VALUES (1, 1, x'61', ?, 'accepted', '{}');
                    """, arguments: [Data(repeating: 1, count: 32)])
            try database.execute(
                sql: """
                    INSERT INTO license (number, id, name, customer, not_before, expires_at,
                                         issued_at, kid, run, drop_file, token)
                    VALUES (1, '00000000-0000-7000-8000-000000000001', 'A', 'acme', 1, 2000, 1000, ?,
                            1, 1, 'token')
                    """, arguments: [kid])
        }
        try queue.close()
    }

    @Test(arguments: earlier)
    func `a ledger of an earlier version keeps what it had`(migration: String) throws {
        let scratch = try Scratch()
        let path = scratch.path.appending("ledger.sqlite").string
        try Self.make(upTo: migration, at: path)
        let ledger = try Ledger(opening: path)
        #expect(try !ledger.isUpToDate())
        try ledger.bringUpToDate(at: try time(1001), seed: [])
        #expect(try ledger.isUpToDate())
        #expect(try ledger.hasOwnSchema())
        #expect(try ledger.integrityFailures() == [])
        let license = try #require(try liveLicense("A", in: ledger))
        #expect(license.license.token == "token")
        #expect(license.license.tokenDigest == SHA256Digest(of: "token".utf8))
        #expect(try ledger.history(ofLicense: license.id).count == 1)
        #expect(try ledger.activeKey()?.kid == kid())
        #expect(try ledger.keysOutOfStep() == [])
        #expect(try ledger.newestTime() == time(1001))
    }

    /// What Tests/Fixtures/Station holds for each version.
    private static func dump(_ version: Int) throws -> String {
        try String(contentsOfFile: "\(Workbench.fixture)/ledgers/\(version).sql", encoding: .utf8)
    }

    private static func schema(_ queue: DatabaseQueue) throws -> Set<String?> {
        try queue.read { try String?.fetchSet($0, sql: "SELECT sql FROM sqlite_schema") }
    }

    @Test(arguments: Schema.migrator.migrations.indices)
    func `a migration that has shipped is never edited, and each has its ledger among the fixtures`(
        index: Int
    ) throws {
        // A dump has tables in the order of their names.
        var unchecked = Configuration()
        unchecked.foreignKeysEnabled = false
        let dumped = try DatabaseQueue(configuration: unchecked)
        try dumped.inDatabase { try $0.execute(sql: try Self.dump(index + 1)) }
        let made = try DatabaseQueue()
        try Schema.migrator.migrate(made, upTo: Schema.migrator.migrations[index])
        #expect(try Self.schema(dumped) == Self.schema(made))
        #expect(try dumped.read { try Schema.migrator.appliedMigrations($0).count } == index + 1)
    }

    @Test func `a ledger of an earlier version is read without being written`() throws {
        let scratch = try Scratch()
        let path = scratch.path.appending("ledger.sqlite").string
        try Self.make(upTo: Schema.migrator.migrations[0], at: path)
        let before = try Data(contentsOf: URL(filePath: path))
        let ledger = try Ledger.forLooking(at: path)
        #expect(try ledger.hasOwnSchema())
        #expect(try liveLicense("A", in: ledger)?.license.token == "token")
        let error = #expect(throws: LedgerError.self) {
            try Ledger.forLooking(at: path, copyingUpTo: before.count - 1)
        }
        #expect(error?.reason == .olderVersion)
        #expect(error?.description.contains("'coldmint run' brings it up to date") == true)
        _ = try Ledger.forLooking(at: path, copyingUpTo: before.count)
        #expect(try Ledger.asItIs(at: path).summary().licenseCount == 1)
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
        #expect(try scratch.names() == ["ledger.sqlite"])
    }

    @Test func `a ledger of a later version is left alone`() throws {
        let scratch = try Scratch()
        let path = scratch.path.appending("ledger.sqlite").string
        try Self.make(upTo: Schema.migrator.migrations[0], at: path)
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            try database.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 the future')")
        }
        try queue.close()
        let error = try #require(throws: LedgerError.self) { try Ledger(opening: path) }
        #expect(error.reason == .newerVersion)
        #expect(throws: error) { try Ledger.forLooking(at: path) }
        #expect(throws: error) { try Ledger.asItIs(at: path) }
    }
}
