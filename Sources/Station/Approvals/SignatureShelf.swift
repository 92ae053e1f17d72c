import CalendarTime
import DurableFiles
import SSHSignatures
import Spool

/// The signatures that lie in an inbox and beside its claimed drops, by the names of the drops.
struct SignatureShelf {
    /// How long a file must have been left alone, where the system does not tell whether somebody
    /// is writing it.
    private let settleSeconds: Int64
    private let policy: ApprovalPolicy
    private let now: Timestamp
    private var files: [FileName: [Inbox.SignatureFile]] = [:]
    /// Files beside a drop that they sign. Where another one has the same bytes, they count for it
    /// too, and stay.
    private var settled: Set<Inbox.SignatureFile> = []
    /// What is of no worth for any drop, and need not be read for another one.
    private var useless: [Inbox.SignatureFile: JudgedSignature] = [:]

    /// - Parameter claims: drops that are not decided.
    init(
        _ listing: Inbox.Listing, _ claims: Inbox.ClaimListing, of undecided: [ClaimName],
        under policy: ApprovalPolicy, settleSeconds: Double, at now: Timestamp
    ) {
        self.policy = policy
        self.settleSeconds = Int64(settleSeconds)
        self.now = now
        for claim in undecided {
            for name in claims.signatures[claim] ?? [] {
                add(Inbox.SignatureFile(name, isClaimed: true), of: claim.original)
            }
        }
        for name in listing.signatures.sorted(by: { $0.precedes($1) }) {
            add(Inbox.SignatureFile(name, isClaimed: false), of: ClaimName.keptName(of: name.drop))
        }
    }

    private mutating func add(_ file: Inbox.SignatureFile, of drop: FileName) {
        files[drop, default: []].append(file)
    }

    /// How the drop and all that bears its name look; `nil` where the system does not tell.
    func look(at claim: ClaimName, in inbox: borrowing Inbox) -> KeptWaits.Look? {
        // What keeps the system from telling is thrown away: the judgement meets it.
        guard let drop = try? inbox.status(of: claim) else { return nil }
        var signatures: [Inbox.SignatureFile: FileStatus] = [:]
        for file in files[claim.original] ?? [] {
            // As above.
            guard let status = try? inbox.status(of: file) else { return nil }
            signatures[file] = status
        }
        return KeptWaits.Look(claim: claim, drop: drop, signatures: signatures)
    }

    /// What every signature that bears the drop's name is worth for it. Those that lie beside it
    /// come first.
    mutating func judge(
        _ claim: ClaimName, _ digests: SignedFileDigests, in inbox: borrowing Inbox
    ) -> [JudgedSignature] {
        let candidates = files[claim.original] ?? []
        let ordered =
            candidates.filter { $0.isBeside(claim) } + candidates.filter { !$0.isBeside(claim) }
        var judged: [JudgedSignature] = []
        for file in ordered {
            if let known = useless[file] {
                judged.append(known)
                continue
            }
            guard let content = content(of: file, in: inbox) else {
                if inbox.contains(file) { judged.append(.unreadable(file)) }
                continue
            }
            let signature = JudgedSignature(
                file: file, worth: .init(of: content.bytes, on: digests, under: policy, at: now),
                isWhole: content.isWhole)
            if case .nothing = signature.worth { useless[file] = signature }
            judged.append(signature)
        }
        return judged
    }

    private func content(
        of file: Inbox.SignatureFile, in inbox: borrowing Inbox
    ) -> Inbox.SignatureContent? {
        inbox.content(
            of: file, upTo: SSHSignature.maximumByteCount,
            unchangedSince: now.secondsSinceEpoch - settleSeconds)
    }

    /// Moves what belongs to the drop beside it, and then what is of no worth out of everybody's way.
    mutating func shelve(
        _ judged: [JudgedSignature], beside claim: ClaimName, in inbox: borrowing Inbox
    ) throws(FileSystemError) {
        for signature in judged where signature.isOfDrop && signature.file.isBeside(claim) {
            settled.insert(signature.file)
        }
        let elsewhere = judged.filter {
            !$0.file.isBeside(claim) && !settled.contains($0.file)
        }
        for signature in elsewhere where signature.isOfDrop {
            do throws(FileSystemError) {
                if let moved = try move(signature.file, beside: claim, in: inbox) {
                    settled.insert(moved)
                }
            } catch {
                // What was exchanged for something else since it was read must not hold up the drop.
                if content(of: signature.file, in: inbox) != nil { throw error }
            }
        }
        for signature in elsewhere where signature.isUseless && !signature.file.isClaimed {
            // Why it cannot be moved is thrown away: it is of no account, and must not hold up
            // the drop.
            _ = try? move(signature.file, beside: claim, in: inbox)
        }
    }

    private mutating func move(
        _ file: Inbox.SignatureFile, beside claim: ClaimName, in inbox: borrowing Inbox
    ) throws(FileSystemError) -> Inbox.SignatureFile? {
        let moved = try inbox.put(file, beside: claim)
        files[claim.original]?.removeAll { $0 == file }
        if let moved { add(moved, of: claim.original) }
        return moved
    }
}

extension Inbox.SignatureFile {
    fileprivate func isBeside(_ claim: ClaimName) -> Bool {
        isClaimed && name.drop == claim.fileName
    }
}
