import Bundles
import CalendarTime
import GRDB

extension Ledger {
    /// Enters into the log what an earlier version has recorded, as it is now.
    static func beginLog(at time: Timestamp, seed: [UInt8], in database: Database) throws {
        let log = LogAppender(database)
        let recorded = RecordedEntries(database: database)
        try appendAll(to: log) { try recorded.keyEvents(after: $0, limit: portion) }
        try appendAll(to: log) { try recorded.runPolicies(after: $0, limit: portion) }
        var drops = DropEntries()
        try appendAll(to: log) { _ in
            let entries = try drops.next(in: database)
            return (entries, entries.last?.row)
        }
        try appendBundles(to: log, seed: seed, in: database)
        let count = try Int64.fetchOne(database, sql: "SELECT count(*) FROM license") ?? 0
        let event = StationEventRecord(
            kind: .logBegun, time: time,
            reason: "\(count) licenses were issued before there was a log: what is above was "
                + "entered as it was found")
        try LedgerTransaction.record(event, in: database, log)
        try log.flush()
    }

    private static let portion = 1000

    private static func appendAll(
        to log: LogAppender, _ next: (Int64) throws -> RecordedEntries.Page
    ) throws {
        var last: Int64 = 0
        while case let page = try next(last), let row = page.last {
            for entry in page.entries { try log.append(entry.text) }
            last = row
        }
    }

    /// Those of runs that are to be finished are entered when they are.
    private static func appendBundles(
        to log: LogAppender, seed: [UInt8], in database: Database
    ) throws {
        let contents = BundleContents(database: database)
        let runs = try Row.fetchAll(
            database, sql: "SELECT * FROM run WHERE finished_at IS NOT NULL ORDER BY number"
        ).map(RunRecord.init)
        for run in runs {
            try contents.forEachCustomer(ofRun: run.number) { customer, tokens in
                let name = BundleName(customer: customer, run: run.number)
                try LedgerTransaction.append(
                    BundleEntry(
                        time: run.startedAt, name: name, tokens: tokens,
                        salt: HeadSigner.salt(for: name, from: seed)),
                    of: name, to: log, in: database)
            }
        }
    }
}
