import CalendarTime
import DurableFiles
import Ledger
import LicenseRequest
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
    private let now: Timestamp
    private var shelf: SignatureShelf

    init(
        _ policy: ApprovalPolicy, _ shelf: SignatureShelf, of station: OpenStation,
        at now: Timestamp
    ) {
        self.policy = policy
        able = policy.peopleAble(at: now)
        self.shelf = shelf
        self.station = station
        self.now = now
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
        return try decision(on: drop, digests, judged)
    }

    /// What `decide` would; nothing is moved.
    func foresee(
        _ drop: ParsedDrop, in inbox: borrowing Inbox
    ) throws(StationFailure) -> Decision {
        guard let digests = drop.digests?.ofSignedFile else { return .handle(drop) }
        return try decision(on: drop, digests, shelf.judge(drop.claim, digests, in: inbox))
    }

    private func decision(
        on drop: ParsedDrop, _ digests: SignedFileDigests, _ judged: [JudgedSignature]
    ) throws(StationFailure) -> Decision {
        let approvals = policy.approvals(judged, for: drop.actions, among: able)
        var drop = drop
        drop.approvals = approvals
        // What is refused in any case, or changes nothing, need not wait for anybody.
        if approvals.isEnough || drop.hasOwnProblems { return .handle(drop) }
        if try isRepeat(digests.sha256) { return .handle(drop) }
        let end = drop.claim.end(after: policy.settings.withinSeconds)
        guard end.map({ now < $0 }) ?? true else {
            return .handle(drop.refused(by: .notApproved(approvals, policy.settings)))
        }
        return .wait(
            AwaitingApproval(
                file: drop.claim.original.description, approvals: ApprovalView(approvals),
                refusedAt: end))
    }

    private func isRepeat(_ digest: SHA256Digest) throws(StationFailure) -> Bool {
        try station.fromLedger { ledger throws(LedgerError) in
            try !ledger.acceptedDigests(among: [digest]).isEmpty
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
        return Problem(
            .notApproved,
            "\(approvals.needed) people have to sign it, and \(settings.withinSeconds) seconds after "
                + "it was taken up \(signers.isEmpty ? "nobody has" : "only \(signers) has"): drop it "
                + "again, and have it signed in time")
    }
}
