import CalendarTime
import DurableFiles
import Ledger
import Spool
package import StrictJSON

/// What an operator wants to know at a glance.
package struct StationStatus: Sendable {
    private static let expiryDays: Int64 = 30
    /// More than these are not worth a glance; `list` has them all.
    private static let maximumExpiring = 1000

    package let keys: [KeyView]
    package let valid: Int
    package let notYetValid: Int
    package let expired: Int
    package let deleted: Int
    /// Live licenses that expire within 30 days, the first to expire first.
    package let expiring: [LicenseView]
    /// Drops in the inbox that no run has taken up.
    package let waiting: Int
    /// Drops that a run has taken up and not finished.
    package let claimed: Int
    /// Runs that were cut off; the next one finishes them.
    package let unfinishedRuns: [Int64]

    package init(_ station: OpenStation, environment: SystemEnvironment) throws(StationFailure) {
        let now = try environment.now()
        let (counts, runs) = try station.fromLedger { ledger throws(LedgerError) in
            (try ledger.licenseCounts(at: now), try ledger.unfinishedRuns())
        }
        keys = try station.keyViews()
        (valid, notYetValid) = (counts.valid, counts.notYetValid)
        (expired, deleted) = (counts.expired, counts.deleted)
        var ending: [LicenseView] = []
        let selection = LicenseSelection(standing: .expiring(days: Self.expiryDays))
        try station.forEachLicense(selection, at: now) { license in
            ending.append(license)
            return ending.count < Self.maximumExpiring
        }
        expiring = ending
        unfinishedRuns = runs.map(\.number)
        let place = station.folder.resolve(station.configuration.inbox)
        (waiting, claimed) = try onDisk { () throws(FileSystemError) in
            let inbox = try Inbox.open(at: place)
            return (try inbox.list().drops.count, try inbox.unfinished().count)
        }
    }

    package var json: OrderedJSON {
        .object([
            "keys": .array(keys.map(\.json)),
            "licenses": .object([
                "valid": .integer(Int64(valid)), "notYetValid": .integer(Int64(notYetValid)),
                "expired": .integer(Int64(expired)), "deleted": .integer(Int64(deleted)),
            ]),
            "inbox": .object([
                "waiting": .integer(Int64(waiting)), "claimed": .integer(Int64(claimed)),
            ]),
            "unfinishedRuns": .array(unfinishedRuns.map(OrderedJSON.integer)),
            "expiringWithin30Days": .array(expiring.map(\.json)),
        ])
    }
}
