import Foundation
import GRDB
import Signatures

/// Holds the log's entries of drops against the drops that are recorded, one after the other.
struct ComparedDrops {
    private let limit: Int64
    private var entries = DropEntries()
    private var page: ArraySlice<RecordedEntries.Entry> = []

    /// - Parameter limit: the last row that is looked at.
    init(upTo limit: Int64) {
        self.limit = limit
    }

    /// - Parameter limit: of so many faults nobody needs more.
    mutating func compare(
        _ text: String, number: Int64, upTo limit: Int, in database: Database
    ) throws -> [String] {
        if try firstRecorded(in: database)?.text == text {
            _ = page.popFirst()
            return []
        }
        let entered = EntryWording(text)
        var faults: [String] = []
        while faults.count < limit, let next = try firstRecorded(in: database) {
            let recorded = EntryWording(next.text)
            if entered.digest == recorded.digest {
                _ = page.popFirst()
                let isSame = next.text == text
                return faults
                    + (isSame ? [] : [entered.difference(to: recorded, number: number)])
            }
            guard let row = try Self.row(ofDrop: entered.digest, in: database) else { break }
            guard row > next.row else {
                return faults + [
                    "drop \(entered.digest): it is entry \(number) of the log, and its record was "
                        + "moved before others"
                ]
            }
            // What is recorded before it was put in between.
            _ = page.popFirst()
            faults.append(Self.foreign(next))
        }
        return faults + [
            "drop \(entered.digest): it is entry \(number) of the log, and its record is gone"
        ]
    }

    private static func row(ofDrop digest: String, in database: Database) throws -> Int64? {
        guard let bytes = Hex.decode(Array(digest.utf8)) else { return nil }
        return try Int64.fetchOne(
            database.cachedStatement(
                sql: "SELECT id FROM drop_file WHERE outcome = 'accepted' AND sha256 = ?"),
            arguments: [Data(bytes)])
    }

    /// Drops and licenses that are recorded and not in the log.
    mutating func finish(in database: Database) throws -> [String] {
        var faults: [String] = []
        while let next = try firstRecorded(in: database) {
            _ = page.popFirst()
            faults.append(Self.foreign(next))
        }
        return faults
            + (try entries.strayLicenses(in: database, upToDrop: limit)).map {
                "license \($0): it is recorded, and no accepted drop of the log asked for it"
            }
    }

    private mutating func firstRecorded(
        in database: Database
    ) throws -> RecordedEntries.Entry? {
        if page.isEmpty { page = try entries.next(in: database)[...] }
        return page.first.flatMap { $0.row <= limit ? $0 : nil }
    }

    private static func foreign(_ entry: RecordedEntries.Entry) -> String {
        "drop \(EntryWording(entry.text).digest): it is recorded as accepted, and it is not in the "
            + "log"
    }
}
