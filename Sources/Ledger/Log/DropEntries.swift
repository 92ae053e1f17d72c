import GRDB
import LicenseToken
import Signatures

/// Makes the entries of accepted drops again, one after the other.
///
/// Licenses are numbered drop by drop, so that one pass over them is enough for all drops.
struct DropEntries {
    private static let portion = 1000

    private var lastDrop: Int64 = 0
    private var lastLicense: Int64 = 0
    private var licenses: ArraySlice<(drop: Int64, record: LicenseRecord)> = []
    /// Those of these licenses that have been renamed or described anew.
    private var changed: Set<Int64> = []
    /// Licenses that belong to none of the drops that they stand between.
    private(set) var strays: [LicenseID] = []

    /// The entries of the next drops; none at the end.
    mutating func next(in database: Database) throws -> [RecordedEntries.Entry] {
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT run.*, drop_file.id, sha256, approvals_needed
                      FROM drop_file JOIN run ON run.number = drop_file.run
                     WHERE drop_file.id > ? AND outcome = 'accepted'
                     ORDER BY drop_file.id LIMIT ?
                    """), arguments: [lastDrop, Self.portion])
        return try rows.map { row in
            let columns = Columns(row)
            lastDrop = try columns.integer("id")
            let text = LogEntry.drop(
                in: try RunRecord(row: row), digest: try columns.digest("sha256"),
                changes: try changes(ofDrop: lastDrop, in: database),
                signers: try columns.optionalInteger("approvals_needed").map {
                    DropDigest.signers(
                        needed: $0, try Self.signatures(onDrop: lastDrop, in: database))
                })
            return (lastDrop, text)
        }
    }

    /// The licenses that none of the drops has asked for, of those up to a drop's row.
    mutating func strayLicenses(
        in database: Database, upToDrop limit: Int64
    ) throws -> [LicenseID] {
        while let next = try firstLicense(in: database), next.drop <= limit {
            _ = licenses.popFirst()
            strays.append(next.record.id)
        }
        return strays
    }

    private mutating func changes(
        ofDrop drop: Int64, in database: Database
    ) throws -> SHA256Digest {
        let digest = DropDigest()
        while let next = try firstLicense(in: database), next.drop <= drop {
            _ = licenses.popFirst()
            if next.drop < drop {
                strays.append(next.record.id)
            } else {
                digest.add(
                    changed.contains(next.record.number)
                        ? try Self.asCreated(next.record, in: database) : next.record.license)
            }
        }
        let events = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT license.id, kind, CASE WHEN kind <> 'deleted' THEN new END AS new
                      FROM event LEFT JOIN license ON license.number = event.license
                     WHERE event.drop_file = ? AND kind <> 'delivered' ORDER BY event.id
                    """), arguments: [drop])
        while let row = try events.next() {
            let columns = Columns(row)
            digest.add(
                try columns.text("kind"), of: try columns.licenseID("id"),
                to: try columns.optionalText("new"))
        }
        return digest.finish()
    }

    private mutating func firstLicense(
        in database: Database
    ) throws -> (drop: Int64, record: LicenseRecord)? {
        if licenses.isEmpty {
            let rows = try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        \(LicenseRecord.selectionWithDrop)
                         WHERE license.number > ? ORDER BY license.number LIMIT ?
                        """), arguments: [lastLicense, Self.portion])
            licenses = try rows.map {
                (try Columns($0).integer("drop_file"), try LicenseRecord(row: $0))
            }[...]
            let last = licenses.last?.record.number ?? lastLicense
            changed = try Int64.fetchSet(
                database.cachedStatement(
                    sql: """
                        SELECT license FROM event INDEXED BY event_license
                         WHERE license > ? AND license <= ? AND kind IN ('renamed', 'described')
                        """), arguments: [lastLicense, last])
            lastLicense = last
        }
        return licenses.first
    }

    /// With the name and description that the license had at first.
    private static func asCreated(
        _ record: LicenseRecord, in database: Database
    ) throws -> IssuedLicense {
        var license = record.license
        if let row = try firstEvent("renamed", of: record, in: database) {
            license.name = try Columns(row).text("old")
        }
        if let row = try firstEvent("described", of: record, in: database) {
            license.description = try Columns(row).optionalText("old")
        }
        return license
    }

    private static func firstEvent(
        _ kind: String, of record: LicenseRecord, in database: Database
    ) throws -> Row? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT old FROM event INDEXED BY event_license
                     WHERE license = ? AND kind = ? ORDER BY id LIMIT 1
                    """), arguments: [record.number, kind])
    }

    private static func signatures(
        onDrop drop: Int64, in database: Database
    ) throws -> [SignatureRecord] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: "SELECT * FROM signature WHERE drop_file = ? ORDER BY id"), arguments: [drop]
        ).map(SignatureRecord.init)
    }
}
