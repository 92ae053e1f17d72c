import CalendarTime
import GRDB
import LicenseToken
import Signatures

/// Makes the log's entries again from the records that they speak of, each kind in the order in
/// which it was entered.
struct RecordedEntries {
    let database: Database

    /// An entry with the number of the row that it speaks of, by which one goes on behind it.
    typealias Entry = (row: Int64, text: String)

    /// Some entries, and the row to go on behind; `nil` where there are no more rows.
    typealias Page = (entries: [Entry], last: Int64?)

    // MARK: - Keys and the station

    func keyEvents(after row: Int64, limit: Int) throws -> Page {
        let entries = try Row.fetchAll(
            database.cachedStatement(
                sql: "SELECT * FROM key_event WHERE id > ? ORDER BY id LIMIT ?"),
            arguments: [row, limit]
        ).map { (try Columns($0).integer("id"), LogEntry.key(try KeyEventRecord(row: $0))) }
        return (entries, entries.last?.0)
    }

    func stationEvents(after row: Int64, limit: Int) throws -> Page {
        let entries = try Row.fetchAll(
            database.cachedStatement(
                sql: "SELECT * FROM station_event WHERE id > ? ORDER BY id LIMIT ?"),
            arguments: [row, limit]
        ).map { (try Columns($0).integer("id"), LogEntry.policy(try StationEventRecord(row: $0))) }
        return (entries, entries.last?.0)
    }

    // MARK: - Runs

    /// What the runs behind one do otherwise than the ones before them.
    func runPolicies(after run: Int64, limit: Int) throws -> Page {
        var previous = try setting(ofLastRunUpTo: run)
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: "\(Self.runSettings) WHERE number > ? ORDER BY number LIMIT ?"),
            arguments: [run, limit])
        var entries: [Entry] = []
        for row in rows {
            let setting = try RunSetting(row: row)
            entries += setting.policies(after: previous).map {
                (setting.run.number, LogEntry.policy($0, in: setting.run))
            }
            previous = setting
        }
        return (entries, previous.map(\.run.number).flatMap { rows.isEmpty ? nil : $0 })
    }

    /// What a run that was just begun does otherwise than the one before it.
    func policies(of run: Int64) throws -> [String] {
        try runPolicies(after: run - 1, limit: 1).entries.map(\.text)
    }

    private func setting(ofLastRunUpTo run: Int64) throws -> RunSetting? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: "\(Self.runSettings) WHERE number <= ? ORDER BY number DESC LIMIT 1"),
            arguments: [run]
        ).map(RunSetting.init)
    }

    private static let runSettings = """
        SELECT run.*, signers_list.sha256 AS list, catalog.sha256 AS catalog, newest_entry
          FROM run LEFT JOIN run_signers ON run_signers.run = number
               LEFT JOIN signers_list ON signers_list.id = run_signers.list
               LEFT JOIN run_catalog ON run_catalog.run = number
               LEFT JOIN catalog ON catalog.id = run_catalog.catalog
               LEFT JOIN clock_acceptance ON clock_acceptance.run = number
        """
}

/// What the entries of policies are made from.
private struct RunSetting {
    let run: RunRecord
    let list: SHA256Digest?
    let catalog: SHA256Digest?
    let newestEntry: Timestamp?

    init(row: Row) throws {
        run = try RunRecord(row: row)
        list = try Columns(row).optionalDigest("list")
        catalog = try Columns(row).optionalDigest("catalog")
        newestEntry = try Columns(row).optionalTime("newest_entry")
    }

    func policies(after previous: RunSetting?) -> [RunPolicy] {
        var policies: [RunPolicy] = []
        if run.issuer != previous?.run.issuer { policies.append(.issuer(run.issuer)) }
        if list != previous?.list { policies.append(.signers(list)) }
        if catalog != previous?.catalog { policies.append(.products(catalog)) }
        if let newestEntry { policies.append(.acceptedClock(before: newestEntry)) }
        return policies
    }
}
