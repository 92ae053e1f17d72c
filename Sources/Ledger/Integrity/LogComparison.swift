import Bundles
import GRDB
import Signatures
import StrictJSON
import TransparencyLog

/// Holds the log's entries against the records that they speak of, and its tiles and heads against
/// the entries. Each fault is a sentence that says what was touched.
struct LogComparison {
    /// What the ledger held when the comparison began: others may go on writing.
    private struct Limits {
        let size: Int64
        let drop: Int64
        let keyEvent: Int64
        let run: Int64
        let stationEvent: Int64
    }

    private(set) var faults: [String] = []
    private let maximumFaults: Int
    private let limits: Limits
    private var drops: ComparedDrops
    private var tree: LogTreeCheck
    private var keyEntries: [String] = []
    private var policyEntries: [String] = []
    private var bundleCount: Int64 = 0
    private var lastDropEntry: String?
    /// The last run that was entered when the log of a ledger with earlier records was begun: those
    /// up to there have no heads.
    private(set) var lastRunBefore: Int64 = 0

    init(in database: Database, upTo maximumFaults: Int) throws {
        func number(_ sql: String) throws -> Int64 {
            try Int64.fetchOne(database, sql: sql) ?? 0
        }
        self.maximumFaults = maximumFaults
        limits = Limits(
            size: try LogAppender.size(in: database),
            drop: try number("SELECT max(id) FROM drop_file"),
            keyEvent: try number("SELECT max(id) FROM key_event"),
            run: try number("SELECT max(number) FROM run"),
            stationEvent: try number("SELECT max(id) FROM station_event"))
        drops = ComparedDrops(upTo: limits.drop)
        tree = try LogTreeCheck(in: database, upTo: limits.size)
    }

    private mutating func add(_ new: [String]) {
        faults += new.prefix(maximumFaults - faults.count)
    }

    /// - Returns: whether there are further entries.
    mutating func compare(entriesFrom number: Int64, in database: Database) throws -> Int64? {
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT number, text FROM log_entry WHERE number >= ? AND number < ?
                     ORDER BY number LIMIT 1000
                    """), arguments: [number, limits.size])
        for row in rows {
            let columns = Columns(row)
            try compare(
                try columns.text("text"), number: try columns.integer("number"), in: database)
        }
        let next = number + Int64(rows.count)
        return rows.isEmpty || faults.count >= maximumFaults ? nil : next
    }

    private mutating func compare(
        _ text: String, number: Int64, in database: Database
    ) throws {
        add(try tree.append(Array(text.utf8), number: number, in: database))
        if text.hasPrefix(Self.start(of: LogEntry.dropType)) {
            lastDropEntry = text
            add(
                try drops.compare(
                    text, number: number, upTo: maximumFaults - faults.count, in: database))
        } else if text.hasPrefix(Self.start(of: BundleEntry.type)) {
            bundleCount += 1
            add(try compareBundle(text, number: number, in: database))
        } else if text.hasPrefix(Self.start(of: LogEntry.keyType)) {
            keyEntries.append(text)
        } else if text.hasPrefix(Self.start(of: LogEntry.policyType)) {
            policyEntries.append(text)
            if EntryWording(text).isBeginning {
                lastRunBefore = lastDropEntry.flatMap { EntryWording($0).run } ?? 0
            }
        } else {
            add(["entry \(number) of the log was altered: it is none: \(text.prefix(80))"])
        }
    }

    private static func start(of type: String) -> String { "{\"type\":\"\(type)\"," }

    private func compareBundle(
        _ text: String, number: Int64, in database: Database
    ) throws -> [String] {
        guard let entry = BundleEntry(parsing: Array(text.utf8)) else {
            return [
                "entry \(number) of the log was altered: it is none of a bundle: \(text.prefix(80))"
            ]
        }
        let isRecorded = try entry.name.map { name in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM bundle_entry
                                    WHERE run = ? AND customer = ? AND entry = ?)
                    """)
            return try Bool.fetchOne(
                statement, arguments: [name.run, name.customer, number]) ?? false
        }
        guard let name = entry.name, isRecorded == true else {
            return [
                "bundle \(entry.bundle): it is in the log as entry \(number), and its record is gone"
            ]
        }
        let time = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT started_at FROM run WHERE number = ?"),
            arguments: [name.run]
        ).map { try Columns($0).time("started_at") }
        let tokens = try BundleContents(database: database).tokens(inBundle: name)
        let recorded = time.map {
            BundleEntry(time: $0, name: name, tokens: tokens, salt: entry.salt)
        }
        guard let recorded else { return ["bundle \(name): the record of its run is gone"] }
        guard recorded != entry else { return [] }
        return [
            "bundle \(name): the record is not what entry \(number) of the log says: "
                + Self.difference(of: entry, to: recorded)
        ]
    }

    private static func difference(of entry: BundleEntry, to recorded: BundleEntry) -> String {
        var parts: [String] = []
        if entry.time != recorded.time {
            parts.append("its run is dated \(recorded.time), and was at \(entry.time)")
        }
        if entry.licenseCount != recorded.licenseCount {
            parts.append(
                "a license was taken out or added: \(recorded.licenseCount) are recorded, and it "
                    + "had \(entry.licenseCount)")
        } else if entry.tokens != recorded.tokens {
            parts.append("a license or its token was replaced")
        }
        return parts.joined(separator: "; ")
    }

    /// What the log lacks, or has beyond the records.
    mutating func finish(in database: Database) throws {
        guard faults.count < maximumFaults else { return }
        add(try drops.finish(in: database))
        let recorded = RecordedEntries(database: database)
        add(
            Self.differences(
                keyEntries,
                try Self.all(upTo: limits.keyEvent) {
                    try recorded.keyEvents(after: $0, limit: 1000)
                }))
        let policies =
            try Self.all(upTo: limits.run) { try recorded.runPolicies(after: $0, limit: 1000) }
            + Self.all(upTo: limits.stationEvent) {
                try recorded.stationEvents(after: $0, limit: 1000)
            }
        // A run's policies and the station's events have no common order but that of the log.
        add(Self.differences(policyEntries.sorted(), policies.sorted()))
        add(try missingBundles(in: database))
        add(try tree.finish(in: database))
    }

    private static func all(
        upTo limit: Int64, _ next: (Int64) throws -> RecordedEntries.Page
    ) throws -> [String] {
        var texts: [String] = []
        var last: Int64 = 0
        while case let page = try next(last), let row = page.last {
            texts += page.entries.filter { $0.row <= limit }.map(\.text)
            last = row
        }
        return texts
    }

    private static func differences(_ entered: [String], _ recorded: [String]) -> [String] {
        recorded.difference(from: entered).map { change in
            switch change {
            case .remove(_, let text, _): EntryWording(text).missingRecord
            case .insert(_, let text, _): EntryWording(text).missingEntry
            }
        }
    }

    private func missingBundles(in database: Database) throws -> [String] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT run, customer FROM bundle EXCEPT SELECT run, customer FROM bundle_entry
                 ORDER BY run, customer LIMIT ?
                """, arguments: [maximumFaults])
        var faults = try rows.map { row in
            let columns = Columns(row)
            let name = BundleName(
                customer: try columns.text("customer"), run: try columns.integer("run"))
            return "bundle \(name): it was published, and it is not in the log"
        }
        let count = try Int64.fetchOne(
            database, sql: "SELECT count(*) FROM bundle_entry WHERE entry < ?",
            arguments: [limits.size])
        if count != bundleCount {
            faults.append("the record names \(count ?? 0) bundles, and the log has \(bundleCount)")
        }
        return faults
    }
}
