import CalendarTime
import DurableFiles
import Ledger
import LicenseRequest
import Spool

extension OpenStation {
    /// More of them are not worth a glance.
    private static let maximumAwaiting = 1000

    /// Which of the drops that were taken up wait for signatures. Looks only: nothing is moved.
    func awaitingApproval(
        among claims: Inbox.ClaimListing, _ listing: Inbox.Listing, at now: Timestamp
    ) throws(StationFailure) -> [AwaitingApproval] {
        guard let policy = try folder.readApprovalPolicy(configuration), !claims.claims.isEmpty
        else { return [] }
        let path = folder.resolve(configuration.inbox)
        let inbox: Inbox?
        do throws(FileSystemError) {
            inbox = try Inbox.existing(at: path)
        } catch {
            throw StationFailure(error, opening: "inbox", at: path)
        }
        let known = try fromLedger { ledger throws(LedgerError) in
            try ledger.knownClaims(among: claims.claims.map(\.fileName.bytes))
        }
        let undecided = claims.claims.filter { !known.contains($0.fileName.bytes) }
        let products = try folder.readProducts(configuration)
        let approver = DropApprover(
            policy, of: self, listing, claims, undecided: undecided, products: products.digest,
            at: now)
        switch inbox {
        case .none: return []
        case .some(let inbox):
            return try awaitingApproval(
                among: undecided.prefix(Self.maximumAwaiting), in: inbox, by: approver,
                RequestRules(configuration, products: products, now: now))
        }
    }

    private func awaitingApproval(
        among claims: some Sequence<ClaimName>, in inbox: borrowing Inbox,
        by approver: DropApprover, _ rules: RequestRules
    ) throws(StationFailure) -> [AwaitingApproval] {
        var approver = approver
        var awaiting: [AwaitingApproval] = []
        for claim in claims {
            let drop = try onDisk { () throws(FileSystemError) in
                try look(at: claim, in: inbox, rules)
            }
            guard let drop else { continue }
            if case .wait(let one) = try approver.foresee(drop, in: inbox) { awaiting.append(one) }
        }
        return awaiting
    }

    /// The drop as it is now, whoever may still be writing it; `nil` where it cannot be one.
    private func look(
        at claim: ClaimName, in inbox: borrowing Inbox, _ rules: RequestRules
    ) throws(FileSystemError) -> ParsedDrop? {
        let limit = configuration.maximumDropBytes
        var reading = try inbox.open(claim, maximumByteCount: limit, since: nil)
        if case .unsettled(let look) = reading {
            reading = try inbox.open(claim, maximumByteCount: limit, since: look)
        }
        guard case .opened(let file) = reading else { return nil }
        return try ParsedDrop(
            claim: claim, reading: file, rules: rules, isSigned: true)
    }
}
