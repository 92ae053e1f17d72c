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

    /// What lies in the inbox, and how many drops are claimed. Makes nothing, and looks only.
    package static func look(
        at path: FilePath
    ) throws(FileSystemError) -> (Listing, claimed: Int) {
        let folder = try Folder(opening: path)
        let listing = try listing(of: folder)
        guard try folder.contains(claimedName) else { return (listing, 0) }
        let claimed = try claimListing(of: Folder(opening: claimedName, in: folder))
        return (listing, claimed.claims.count)
    }

    static func claimedFolder(of inbox: FilePath) -> FilePath {
        inbox.appending(claimedName.description)
    }

    package struct Listing: Sendable {
        /// Drops that nobody has claimed.
        package let drops: [FileName]
        /// Neither drops nor anybody's work in progress.
        package let unrecognizedFiles: [FileName]
    }

    /// What lies in the inbox itself.
    package func list() throws(FileSystemError) -> Listing {
        try Self.listing(of: folder)
    }

    private static func listing(of folder: borrowing Folder) throws(FileSystemError) -> Listing {
        let own = [acceptedName, rejectedName]
        let names = try folder.names().filter { !own.contains($0) && !isLeftAlone($0) }
        return Listing(
            drops: names.filter { $0.hasSuffix(".json") },
            unrecognizedFiles: names.filter { !$0.hasSuffix(".json") })
    }

    private static func isLeftAlone(_ name: FileName) -> Bool {
        name.hasPrefix(".") || name.hasSuffix(".tmp") || name.hasSuffix(".part")
    }

    package struct ClaimListing: Sendable {
        /// The drops that an earlier run claimed and did not settle, oldest first.
        package let claims: [ClaimName]
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
        return ClaimListing(
            claims: names.compactMap { ClaimName($0) },
            unrecognizedFiles: names.filter { ClaimName($0) == nil })
    }

    /// Gives a claimed drop another claim, for where the first one is used up already.
    package func reclaim(_ old: ClaimName, as new: ClaimName) throws(FileSystemError) {
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
        let isRejected: Bool

        package init(of claim: ClaimName, receipt: [UInt8]?, isRejected: Bool) {
            self.claim = claim
            self.receipt = receipt
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

    /// The receipt comes first: a drop in its place always has one.
    private func move(
        _ filing: Filing, to target: borrowing Folder
    ) throws(FileSystemError) {
        let claim = filing.claim
        try target.renameReplacing(DraftFile.draftName(for: claim.receipt), as: claim.receipt)
        do throws(FileSystemError) {
            try claimed.renameExclusively(claim.fileName, to: target, as: claim.fileName)
        } catch  where error.isMissing {
            return
        }
    }

    /// Returns once all that `file` moved is durable.
    package func syncFiled() throws(FileSystemError) {
        try accepted.sync()
        try rejected.sync()
        try claimed.sync()
    }
}
