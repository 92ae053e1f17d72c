import CalendarTime
import DurableFiles
import Ledger
import LicenseRequest
import Logging
import Spool

/// Takes drops up out of the inbox and reads them: first those that an earlier run has claimed and
/// not recorded, then those in the inbox in the order of their names, and last, after the settle
/// time, those of which the system cannot tell whether somebody still writes them.
struct DropIntake {
    /// A drop that was moved out of everybody's way.
    struct Claim {
        let name: ClaimName
        /// How the file looked at least the settle time ago, where that has to be known.
        fileprivate let earlierLook: FileStatus?
    }

    private enum Candidate {
        case claimed(ClaimName)
        /// Under a claim that the ledger knows as that of another drop.
        case claimedTwice(ClaimName)
        case dropped(FileName)
        case unsettled(ClaimName, FileStatus)
    }

    private let context: RunContext
    private let rules: RequestRules
    private let claimedSignatures: [ClaimName: [SignatureName]]
    /// `nil` where nobody has to sign.
    private var approver: DropApprover?
    private var candidates: ArraySlice<Candidate>
    private var unsettled: [(ClaimName, FileStatus)] = []
    /// The number of drops claimed so far, which names them in their order.
    private var sequence = 0
    /// Drops that are still being written, that could not be read this time, or that too few people
    /// have signed.
    private(set) var waiting = 0
    private(set) var awaitingApproval: [AwaitingApproval] = []
    /// How often the system refused to let a drop be claimed or read.
    private(set) var ioFailures = 0

    /// - Parameter decided: claims of which the ledger says already what becomes of them.
    init(
        from inbox: borrowing Inbox, except decided: Set<ClaimName>, _ context: RunContext
    ) throws(StationFailure) {
        let claims: Inbox.ClaimListing
        let listing: Inbox.Listing
        do throws(FileSystemError) {
            claims = try inbox.listClaims()
            listing = try inbox.list()
        } catch {
            throw StationFailure(error, opening: "inbox", at: inbox.folder.path)
        }
        Self.reportIgnored(listing, claims, context)
        let unsettled = claims.claims.filter { !decided.contains($0) }
        let known = try context.station.fromLedger { ledger throws(LedgerError) in
            try ledger.knownClaims(among: unsettled.map(\.fileName.bytes))
        }
        let taken = unsettled.map { claim in
            known.contains(claim.fileName.bytes)
                ? Candidate.claimedTwice(claim) : .claimed(claim)
        }
        candidates = (taken + listing.drops.map { .dropped($0) })[...]
        claimedSignatures = claims.signatures
        approver = context.approvals.map { policy in
            DropApprover(
                policy, of: context.station, listing, claims, undecided: unsettled,
                products: context.products.digest, at: context.now)
        }
        if let kept = context.keptWaits { try approver?.use(kept, for: unsettled) }
        self.context = context
        rules = RequestRules(
            context.station.configuration, products: context.products, now: context.now)
        // Of a single drop, what is in it is counted.
        if candidates.count > 1 {
            context.environment.progress.begin(.reading, candidates.count, of: "drops")
        }
    }

    /// Names what no run takes up.
    private static func reportIgnored(
        _ listing: Inbox.Listing, _ claims: Inbox.ClaimListing, _ context: RunContext
    ) {
        for name in listing.unrecognizedFiles {
            context.log.warning(
                "a file in the inbox is left alone: the names of drops end in .json",
                metadata: ["file": "\(name)"])
        }
        for name in claims.unrecognizedFiles {
            context.log.warning(
                "a file among the claimed drops is left alone: no run has put it there",
                metadata: ["file": ".claimed/\(name)"])
        }
        guard context.approvals == nil else {
            for name in Inbox.signaturesWithoutDrop(listing, claims.claims) {
                context.log.notice(
                    "a signature waits for the drop whose name it bears",
                    metadata: ["file": "\(name)"])
            }
            return
        }
        for signature in listing.signatures {
            context.log.warning(
                "a signature in the inbox is left alone: nobody has to sign for this station",
                metadata: ["file": "\(signature.fileName)"])
        }
    }

    private var configuration: Configuration { context.station.configuration }
    private var environment: SystemEnvironment { context.environment }
    private var log: Logger { context.log }
    private var now: Timestamp { context.now }

    /// Whether there is nothing to take up.
    var isEmpty: Bool { candidates.isEmpty }

    /// The next drop; it is nobody else's from here on. `nil` where there are no more.
    mutating func claimNext(in inbox: borrowing Inbox) throws(StationFailure) -> Claim? {
        while true {
            switch candidates.popFirst() {
            case .claimed(let claim): return Claim(name: claim, earlierLook: nil)
            case .claimedTwice(let old):
                let new = try newClaim(of: old.original)
                try onDisk { () throws(FileSystemError) in
                    try inbox.reclaim(old, as: new, with: claimedSignatures[old] ?? [])
                }
                return Claim(name: new, earlierLook: nil)
            case .unsettled(let claim, let look): return Claim(name: claim, earlierLook: look)
            case .dropped(let name):
                if let claim = try claim(name, in: inbox) {
                    return Claim(name: claim, earlierLook: nil)
                }
            case nil:
                guard !unsettled.isEmpty else { return nil }
                environment.pause(configuration.settleSeconds)
                candidates = unsettled.map { .unsettled($0, $1) }[...]
                unsettled = []
            }
        }
    }

    /// `nil` where the drop has gone, or cannot be claimed; the others are not held up by it.
    private mutating func claim(
        _ name: FileName, in inbox: borrowing Inbox
    ) throws(StationFailure) -> ClaimName? {
        let claim = try newClaim(of: name)
        do throws(FileSystemError) {
            return try inbox.claim(name, as: claim) ? claim : nil
        } catch {
            // A folder can only be moved by somebody who may write in it. Why an entry
            // cannot even be inspected is thrown away: it is taken for a file, and tried again.
            if (try? inbox.isRegularFile(name)) == false {
                log.warning(
                    "what lies in the inbox is no file and is left alone: remove it",
                    metadata: ["file": "\(name)", "reason": "\(error)"])
            } else {
                deferDrop(after: error)
            }
            return nil
        }
    }

    private mutating func newClaim(of name: FileName) throws(StationFailure) -> ClaimName {
        defer { sequence += 1 }
        return ClaimName(
            time: now.basicFormat, sequence: sequence,
            random: try environment.randomBytes(ClaimName.randomByteCount), original: name)
    }

    /// The drop as it was read; `nil` where it cannot be read yet, or too few people have signed it,
    /// and waits.
    mutating func read(
        _ claim: Claim, in inbox: borrowing Inbox
    ) throws(StationFailure) -> ParsedDrop? {
        if claim.earlierLook == nil { environment.progress.advance() }
        // One that nobody has touched was named in the log when it was judged.
        if let awaiting = approver?.recall(claim.name, in: inbox) {
            waitForApproval(awaiting)
            return nil
        }
        guard let drop = text(of: claim, in: inbox) else { return nil }
        guard let decision = try approver?.decide(on: drop, in: inbox) else { return drop }
        switch decision {
        case .handle(let drop): return drop
        case .wait(let awaiting):
            log.notice(
                "a drop waits until enough people have signed it", metadata: awaiting.metadata)
            waitForApproval(awaiting)
            return nil
        case .hold(let error):
            deferDrop(after: error)
            return nil
        }
    }

    private mutating func waitForApproval(_ awaiting: AwaitingApproval) {
        waiting += 1
        awaitingApproval.append(awaiting)
    }

    private mutating func text(
        of claim: Claim, in inbox: borrowing Inbox
    ) -> ParsedDrop? {
        let limit = configuration.maximumDropBytes
        let reading: DropReading
        let read: ParsedDrop?
        do throws(FileSystemError) {
            reading = try inbox.open(
                claim.name, maximumByteCount: limit, since: claim.earlierLook)
            read = try content(of: reading, claim.name)
        } catch {
            deferDrop(after: error)
            return nil
        }
        switch reading {
        case .opened: return read ?? waitForWriter(of: claim.name)
        case .notARegularFile(let reason):
            let problem = Problem(
                .notARegularFile, "a drop must be a plain file of its own: \(reason)")
            return ParsedDrop(claim: claim.name, problem: problem)
        case .tooLarge: return ParsedDrop(claim: claim.name, problem: .tooLarge(limit: limit))
        case .stillWritten: return waitForWriter(of: claim.name)
        case .unsettled(let look):
            guard claim.earlierLook == nil else { return waitForWriter(of: claim.name) }
            unsettled.append((claim.name, look))
            return nil
        }
    }

    /// `nil` where somebody seems to be writing the drop, or it was not opened.
    private func content(
        of reading: DropReading, _ claim: ClaimName
    ) throws(FileSystemError) -> ParsedDrop? {
        guard case .opened(let file) = reading else { return nil }
        let drop = try ParsedDrop(
            claim: claim, reading: file, rules: rules, isSigned: approver != nil)
        guard try file.isUnchanged() else { return nil }
        // Another user's writer cannot be seen; a text that breaks off speaks of one.
        return drop.endsTooSoon && !file.isCertain ? nil : drop
    }

    /// The drop is left for the next run, or refused where it has been written for too long.
    private mutating func waitForWriter(of claim: ClaimName) -> ParsedDrop? {
        guard !isOverdue(claim) else {
            let problem = Problem(
                .incomplete,
                "not whole \(configuration.incompleteAfterSeconds) seconds after it was "
                    + "taken up: drop it again, whole")
            return ParsedDrop(claim: claim, problem: problem)
        }
        waiting += 1
        log.notice(
            "a drop is still being written and waits", metadata: ["file": "\(claim.original)"])
        return nil
    }

    private func isOverdue(_ claim: ClaimName) -> Bool {
        claim.end(after: configuration.incompleteAfterSeconds).map { $0 < now } ?? false
    }

    /// The drop is left for the next run.
    private mutating func deferDrop(after error: FileSystemError) {
        waiting += 1
        ioFailures += 1
        log.error(
            "a drop cannot be taken up: it waits, and the next run tries again",
            metadata: ["reason": "\(error)"])
    }
}
