package import CalendarTime
import DurableFiles
import Failures
import Ledger
import Spool
package import SystemPackage

/// What an operator wants to know at a glance.
package struct StationStatus: Sendable {
    /// When it was so.
    package let now: Timestamp
    package let keys: [KeyView]
    package let counts: StandingCounts
    /// Live licenses that expire within 30 days, the first to expire first.
    package let expiring: [LicenseView]
    /// Where requests are dropped.
    package let inbox: FilePath
    /// Drops in the inbox that no run has taken up.
    package let waiting: Int
    /// Names of other files in the inbox, which no run takes up.
    package let ignored: [String]
    /// Drops that a run has taken up and not finished.
    package let claimed: Int
    /// Those of them that too few people have signed.
    package let awaitingApproval: [AwaitingApproval]
    /// Names of signatures in the inbox whose drop is not there.
    package let signaturesWithoutDrop: [String]
    /// Runs that were cut off; the next one finishes them.
    package let unfinishedRuns: [Int64]
    /// Why the next run will refuse: the outbox shows more than the ledger knows, or signers or
    /// products cannot be read.
    package let refusal: String?
}

extension OpenStation {
    private static let expiryDays: Int64 = 30
    /// More than these are not worth a glance; `list` has them all.
    private static let maximumListed = 1000

    package func status(at now: Timestamp) throws(StationFailure) -> StationStatus {
        let (counts, runs) = try fromLedger { ledger throws(LedgerError) in
            (try ledger.licenseCounts(at: now), try ledger.unfinishedRuns())
        }
        let keys = try keyViews()
        let expiring = try expiring(at: now)
        let inbox = folder.resolve(configuration.inbox)
        let (listing, claims) = try look(at: inbox)
        let hasSigners = configuration.approvals.signers != nil
        let orphans = hasSigners ? Inbox.signaturesWithoutDrop(listing, claims.claims) : []
        return StationStatus(
            now: now, keys: keys, counts: StandingCounts(counts),
            expiring: expiring,
            inbox: inbox, waiting: listing.drops.count,
            ignored: ignored(listing).prefix(Self.maximumListed).map(\.description),
            claimed: claims.claims.count,
            awaitingApproval: try awaitingApproval(among: claims, listing, at: now),
            signaturesWithoutDrop: orphans.prefix(Self.maximumListed).map(\.description),
            unfinishedRuns: runs.map(\.number), refusal: try refusalOfRun())
    }

    /// An outbox that cannot be read may be on a disk that is mounted later.
    private func refusalOfRun() throws(StationFailure) -> String? {
        do throws(StationFailure) {
            try folder.checkSettings()
            try OutboxCheckpoint(of: self).refuseIfLedgerIsOlder()
            return nil
        } catch {
            return error.status == .configuration ? error.description : nil
        }
    }

    /// Signatures lie in the inbox until their drops are there.
    private func ignored(_ listing: Inbox.Listing) -> [FileName] {
        listing.unrecognizedFiles
            + (configuration.approvals.signers == nil ? listing.signatures.map(\.fileName) : [])
    }

    private func expiring(at now: Timestamp) throws(StationFailure) -> [LicenseView] {
        var expiring: [LicenseView] = []
        let selection = LicenseSelection(standing: .expiring(days: Self.expiryDays))
        try forEachLicense(selection, at: now) { license in
            expiring.append(license)
            return expiring.count < Self.maximumListed
        }
        return expiring
    }

    private func look(
        at path: FilePath
    ) throws(StationFailure) -> (Inbox.Listing, Inbox.ClaimListing) {
        do throws(FileSystemError) {
            return try Inbox.look(at: path)
        } catch {
            throw StationFailure(error, opening: "inbox", at: path)
        }
    }
}
