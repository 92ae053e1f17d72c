package import DurableFiles
package import SystemPackage

/// The folder that requests are dropped into, and Coldmint's own folders in it.
package struct Inbox: ~Copyable, Sendable {
    package let folder: Folder
    let claimed: Folder
    let accepted: Folder
    let rejected: Folder

    private static let claimedName = FileName(".claimed")
    static let acceptedName = FileName("accepted")
    static let rejectedName = FileName("rejected")
    static let dropSuffix = ".json"

    /// Opens the inbox to work in it. Whoever can write to the inbox may have put something else
    /// in the place of Coldmint's own folders: none is reached through a link, and each must be
    /// this user's and writable by nobody else. What is missing is made.
    package static func open(at path: FilePath) throws(FileSystemError) -> Inbox {
        let folder = try Folder(opening: path)
        let claimed = try folder.ensureOwn(claimedName, permissions: .ownerReadWriteExecute)
        let accepted = try folder.ensureOwn(acceptedName)
        let rejected = try folder.ensureOwn(rejectedName)
        return Inbox(folder: folder, claimed: claimed, accepted: accepted, rejected: rejected)
    }

    /// Opens an inbox to look into it. `nil` where no run has made Coldmint's own folders in it yet.
    package static func existing(at path: FilePath) throws(FileSystemError) -> Inbox? {
        let folder = try Folder(opening: path)
        for name in [claimedName, acceptedName, rejectedName] where try !folder.contains(name) {
            return nil
        }
        let claimed = try Folder(opening: claimedName, in: folder)
        let accepted = try Folder(opening: acceptedName, in: folder)
        let rejected = try Folder(opening: rejectedName, in: folder)
        return Inbox(folder: folder, claimed: claimed, accepted: accepted, rejected: rejected)
    }

    /// What lies in the inbox and among the claimed drops. Makes nothing, and looks only.
    package static func look(
        at path: FilePath
    ) throws(FileSystemError) -> (Listing, ClaimListing) {
        let folder = try Folder(opening: path)
        let listing = try listing(of: folder)
        guard try folder.contains(claimedName) else {
            return (listing, ClaimListing(claims: [], signatures: [:], unrecognizedFiles: []))
        }
        return (listing, try claimListing(of: Folder(opening: claimedName, in: folder)))
    }

    static func claimedFolder(of inbox: FilePath) -> FilePath {
        inbox.appending(claimedName.description)
    }

    package struct Listing: Sendable {
        /// Drops that nobody has claimed.
        package let drops: [FileName]
        /// What by their names are signatures of drops.
        package let signatures: [SignatureName]
        /// Neither drops nor signatures nor anybody's work in progress.
        package let unrecognizedFiles: [FileName]
    }

    /// What lies in the inbox itself.
    package func list() throws(FileSystemError) -> Listing {
        try Self.listing(of: folder)
    }

    private static func listing(of folder: borrowing Folder) throws(FileSystemError) -> Listing {
        let own = [acceptedName, rejectedName]
        let names = try folder.names().filter { !own.contains($0) && !isLeftAlone($0) }
        let others = names.filter { !$0.hasSuffix(dropSuffix) }
        return Listing(
            drops: names.filter { $0.hasSuffix(dropSuffix) },
            signatures: others.compactMap { SignatureName($0) },
            unrecognizedFiles: others.filter { SignatureName($0) == nil })
    }

    /// Signatures in the inbox whose drop neither lies there nor is claimed.
    package static func signaturesWithoutDrop(
        _ listing: Listing, _ claims: [ClaimName]
    ) -> [FileName] {
        let drops = Set(listing.drops.map(ClaimName.keptName) + claims.map(\.original))
        return listing.signatures.filter { !drops.contains(ClaimName.keptName(of: $0.drop)) }
            .map(\.fileName)
    }

    private static func isLeftAlone(_ name: FileName) -> Bool {
        name.hasPrefix(".") || name.hasSuffix(".tmp") || name.hasSuffix(".part")
    }

    package struct ClaimListing: Sendable {
        /// The drops that an earlier run claimed and did not settle, oldest first.
        package let claims: [ClaimName]
        /// The signatures that lie beside drops, in the order in which they are judged.
        package let signatures: [ClaimName: [SignatureName]]
        /// Files of other names, which no run has put there.
        package let unrecognizedFiles: [FileName]
    }

    /// What lies among the claimed drops.
    package func listClaims() throws(FileSystemError) -> ClaimListing {
        try Self.claimListing(of: claimed)
    }

    private static func claimListing(
        of folder: borrowing Folder
    ) throws(FileSystemError) -> ClaimListing {
        let names = try folder.names()
        var claims: [ClaimName] = []
        var signatures: [ClaimName: [SignatureName]] = [:]
        var unrecognized: [FileName] = []
        for name in names {
            if let signature = SignatureName(name) {
                guard let claim = ClaimName(signature.drop) else {
                    unrecognized.append(name)
                    continue
                }
                signatures[claim, default: []].append(signature)
            } else if let claim = ClaimName(name) {
                claims.append(claim)
            } else {
                unrecognized.append(name)
            }
        }
        // A signature goes where its drop goes, and is never there without it.
        let drops = Set(claims)
        for (claim, orphans) in signatures where !drops.contains(claim) {
            unrecognized += orphans.map(\.fileName)
            signatures[claim] = nil
        }
        return ClaimListing(
            claims: claims,
            signatures: signatures.mapValues { $0.sorted { $0.precedes($1) } },
            unrecognizedFiles: unrecognized)
    }

    /// Gives a claimed drop another claim, for where the first one is used up already. Where it is cut
    /// off, signatures without a drop are left, which are reported.
    package func reclaim(
        _ old: ClaimName, as new: ClaimName, with signatures: [SignatureName]
    ) throws(FileSystemError) {
        for signature in signatures {
            _ = try put(SignatureFile(signature, isClaimed: true), beside: new)
        }
        try claimed.renameExclusively(old.fileName, to: claimed, as: new.fileName)
    }

    /// Whether an entry of the inbox is a file, and not a folder, say.
    package func isRegularFile(_ name: FileName) throws(FileSystemError) -> Bool {
        try folder.status(of: name).kind == .regular
    }

    /// Claims a drop: from here on nobody else does. `false` where it is no longer there.
    package func claim(_ name: FileName, as claim: ClaimName) throws(FileSystemError) -> Bool {
        do throws(FileSystemError) {
            try folder.renameExclusively(name, to: claimed, as: claim.fileName)
            return true
        } catch  where error.isMissing {
            return false
        }
    }

    /// What becomes of a claimed drop: its receipt, and the folder for both.
    package struct Filing {
        let claim: ClaimName
        /// `nil` where the draft of the receipt is there already.
        let receipt: [UInt8]?
        /// What lies beside the drop.
        let signatures: [SignatureName]
        let isRejected: Bool

        package init(
            of claim: ClaimName, receipt: [UInt8]?, with signatures: [SignatureName],
            isRejected: Bool
        ) {
            self.claim = claim
            self.receipt = receipt
            self.signatures = signatures
            self.isRejected = isRejected
        }
    }

    /// The draft of an accepted drop's receipt that is too large to be held in memory. Whoever
    /// writes it flushes it, and files the drop without a receipt.
    package func acceptedReceipt(for claim: ClaimName) throws(FileSystemError) -> DraftFile {
        try DraftFile(for: claim.receipt, in: accepted)
    }

    /// Writes the receipts of drops, and moves receipts and drops to where they are kept. May be
    /// repeated: what an earlier attempt has moved already stays there.
    package func file(_ filings: [Filing]) throws(FileSystemError) {
        let isMany = filings.count >= Self.manyReceipts
        for filing in filings {
            if filing.isRejected {
                try write(filing, in: rejected, andFlush: !isMany)
            } else {
                try write(filing, in: accepted, andFlush: !isMany)
            }
        }
        if isMany { try claimed.syncFileSystem() }
        for filing in filings {
            if filing.isRejected {
                try move(filing, to: rejected)
            } else {
                try move(filing, to: accepted)
            }
        }
    }

    /// From here on one flush of the file system takes less time than one for each receipt.
    private static let manyReceipts = 5

    private func write(
        _ filing: Filing, in target: borrowing Folder, andFlush isFlushed: Bool
    ) throws(FileSystemError) {
        guard let receipt = filing.receipt else { return }
        let draft = try DraftFile(for: filing.claim.receipt, in: target)
        try draft.write(receipt)
        if isFlushed { try draft.flush() }
    }

    /// The receipt and the signatures come first: a drop in its place always has them.
    private func move(
        _ filing: Filing, to target: borrowing Folder
    ) throws(FileSystemError) {
        let claim = filing.claim
        try target.renameReplacing(DraftFile.draftName(for: claim.receipt), as: claim.receipt)
        for name in filing.signatures.map(\.fileName) + [claim.fileName] {
            do throws(FileSystemError) {
                try claimed.renameExclusively(name, to: target, as: name)
            } catch  where error.isMissing {
                continue
            }
        }
    }

    /// Returns once all that `file` moved is durable.
    package func syncFiled() throws(FileSystemError) {
        try accepted.sync()
        try rejected.sync()
        try claimed.sync()
    }
}
