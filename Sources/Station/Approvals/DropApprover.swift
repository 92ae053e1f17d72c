import CalendarTime
import DurableFiles
import Ledger
import LicenseRequest
import PlainText
import SSHSignatures
import Signatures
import Spool

/// Decides whether enough people have signed a drop for it to be handled.
struct DropApprover {
    enum Decision {
        /// With who has signed it, or refused for want of signatures.
        case handle(ParsedDrop)
        case wait(AwaitingApproval)
        /// The system refuses to let its signatures be moved beside it.
        case hold(FileSystemError)
    }

    private let policy: ApprovalPolicy
    private let able: [String]
    private let station: OpenStation
    private let products: SHA256Digest?
    private let now: Timestamp
    private var shelf: SignatureShelf
    /// What is known of drops that were judged before; `nil` where nothing is kept.
    private var kept: KeptWaits?
    /// Those of them whose bytes were accepted in the meantime.
    private var repeats: Set<SHA256Digest> = []
    /// Of the drop that is in hand.
    private var look: KeptWaits.Look?

    /// - Parameters:
    ///   - undecided: those of the claimed drops of which the ledger knows nothing.
    ///   - products: the digest of all that may be sold.
    init(
        _ policy: ApprovalPolicy, of station: OpenStation, _ listing: Inbox.Listing,
        _ claims: Inbox.ClaimListing, undecided: [ClaimName],
        products: SHA256Digest?, at now: Timestamp
    ) {
        self.policy = policy
        able = policy.peopleAble(at: now)
        shelf = SignatureShelf(
            listing, claims, of: undecided, under: policy,
            settleSeconds: station.configuration.settleSeconds, at: now)
        self.station = station
        self.products = products
        self.now = now
    }

    /// From here on, goes by what earlier runs have found, where nothing has changed since.
    ///
    /// - Parameter claims: drops that are not decided.
    mutating func use(
        _ kept: KeptWaits, for claims: [ClaimName]
    ) throws(StationFailure) {
        kept.keep(only: claims, on: KeptWaits.Basis(station.configuration, policy, products))
        repeats = try acceptedDigests(among: kept.digests)
        self.kept = kept
    }

    /// That a drop still waits, where that is known without reading it.
    mutating func recall(
        _ claim: ClaimName, in inbox: borrowing Inbox
    ) -> AwaitingApproval? {
        guard let kept else { return nil }
        look = shelf.look(at: claim, in: inbox)
        guard let wait = look.flatMap({ kept.wait($0, at: now) }) else { return nil }
        return repeats.contains(wait.digest) ? nil : wait.awaiting
    }

    /// Decides, and moves the drop's signatures beside it.
    mutating func decide(
        on drop: ParsedDrop, in inbox: borrowing Inbox
    ) throws(StationFailure) -> Decision {
        guard let digests = drop.digests?.ofSignedFile else { return .handle(drop) }
        let judged = shelf.judge(drop.claim, digests, in: inbox)
        do throws(FileSystemError) {
            try shelf.shelve(judged, beside: drop.claim, in: inbox)
        } catch {
            return .hold(error)
        }
        let decision = try decision(on: drop, digests, judged)
        if case .wait(let awaiting) = decision, let look, look.claim == drop.claim {
            kept?.keep(
                .init(look: look, digest: digests.sha256, awaiting: awaiting, judgedAt: now))
        }
        return decision
    }

    /// What `decide` would; nothing is moved.
    mutating func foresee(
        _ drop: ParsedDrop, in inbox: borrowing Inbox
    ) throws(StationFailure) -> Decision {
        guard let digests = drop.digests?.ofSignedFile else { return .handle(drop) }
        return try decision(on: drop, digests, shelf.judge(drop.claim, digests, in: inbox))
    }

    private func decision(
        on drop: ParsedDrop, _ digests: SignedFileDigests, _ judged: [JudgedSignature]
    ) throws(StationFailure) -> Decision {
        let approvals = policy.approvals(judged, for: drop.demand, among: able)
        var drop = drop
        drop.approvals = approvals
        // What is refused in any case, or changes nothing, need not wait for anybody.
        if approvals.isEnough || drop.hasOwnProblems { return .handle(drop) }
        if try !acceptedDigests(among: [digests.sha256]).isEmpty { return .handle(drop) }
        let end = drop.claim.end(after: policy.settings.withinSeconds)
        guard end.map({ now < $0 }) ?? true else {
            return .handle(drop.refused(by: .notApproved(approvals, policy.settings)))
        }
        return .wait(
            AwaitingApproval(
                file: drop.claim.original.description, approvals: ApprovalView(approvals),
                refusedAt: end))
    }

    private func acceptedDigests(
        among digests: [SHA256Digest]
    ) throws(StationFailure) -> Set<SHA256Digest> {
        try station.fromLedger { ledger throws(LedgerError) in
            try ledger.acceptedDigests(among: digests)
        }
    }
}

extension ClaimName {
    /// The end of so many seconds after the drop was taken up; `nil` where that is not known.
    func end(after seconds: Int) -> Timestamp? {
        Timestamp(basicFormat: time).flatMap { since in
            Timestamp(secondsSinceEpoch: since.secondsSinceEpoch + Int64(seconds))
        }
    }
}

extension Problem {
    static func notApproved(
        _ approvals: DropApprovals, _ settings: ApprovalSettings
    ) -> Problem {
        let signers = approvals.given.map(\.signer).joined(separator: ", ")
        let people = approvals.needed == 1 ? "1 person has" : "\(approvals.needed) people have"
        let remarks = approvals.remarks.prefix(maximumRemarks).map { " (\($0.shortened(to: 200)))" }
        return Problem(
            .notApproved,
            "\(people) to sign it, and \(settings.withinSeconds) seconds after it was taken up "
                + (signers.isEmpty ? "nobody has" : "only \(signers) has") + remarks.joined()
                + ": drop it again, and have it signed in time")
    }

    /// So many signatures that do not count are named.
    private static let maximumRemarks = 3
}
