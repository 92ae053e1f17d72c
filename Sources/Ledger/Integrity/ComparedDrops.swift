import GRDB
import StrictJSON

/// Holds the log's entries of drops against the drops that are recorded, one after the other.
struct ComparedDrops {
    private let limit: Int64
    private var entries = DropEntries()
    private var page: ArraySlice<RecordedEntries.Entry> = []

    /// - Parameter limit: the last row that is looked at.
    init(upTo limit: Int64) {
        self.limit = limit
    }

    mutating func compare(
        _ text: String, number: Int64, in database: Database
    ) throws -> [String] {
        guard let next = try firstRecorded(in: database) else {
            return [Self.gone(text, number)]
        }
        if next.text == text {
            _ = page.popFirst()
            return []
        }
        let (entered, recorded) = (Self.digest(in: text), Self.digest(in: next.text))
        if entered == recorded {
            _ = page.popFirst()
            return [
                "drop \(entered): what is recorded of it is not entry \(number) of the log: a "
                    + "license, a change, a signature or the time of its run was taken out, added "
                    + "or changed"
            ]
        }
        let isRecorded =
            try Bool.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM drop_file
                         WHERE outcome = 'accepted' AND lower(hex(sha256)) = ?)
                        """), arguments: [entered]) ?? false
        guard isRecorded else { return [Self.gone(text, number)] }
        // It comes later: what is recorded before it was put in between.
        _ = page.popFirst()
        return [Self.foreign(next)] + (try compare(text, number: number, in: database))
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

    private static func gone(_ text: String, _ number: Int64) -> String {
        "drop \(digest(in: text)): it is entry \(number) of the log, and its record is gone"
    }

    private static func foreign(_ entry: RecordedEntries.Entry) -> String {
        "drop \(digest(in: entry.text)): it is recorded as accepted, and it is not in the log"
    }

    /// What the entry says of the drop's bytes.
    private static func digest(in text: String) -> String {
        // What is wrong with the entry is thrown away: then it names no drop.
        (try? JSONDocument.parse(Array(text.utf8)))?.root.member("sha256")?.string ?? "of no digest"
    }
}
