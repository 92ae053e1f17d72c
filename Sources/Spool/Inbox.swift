package import DurableFiles
import Glibc
package import SystemPackage

/// The folder that requests are dropped into, and those in it that are Coldmint's own.
package struct Inbox: ~Copyable, Sendable {
    package let folder: Folder
    package let claimed: Folder
    package let accepted: Folder
    package let rejected: Folder

    package static func open(at path: FilePath) throws(FileSystemError) -> Inbox {
        let folder = try Folder(opening: path)
        let claimed = try Folder.ensure(
            path.appending(".claimed"), permissions: .ownerReadWriteExecute)
        let accepted = try Folder.ensure(path.appending("accepted"))
        let rejected = try Folder.ensure(path.appending("rejected"))
        return Inbox(folder: folder, claimed: claimed, accepted: accepted, rejected: rejected)
    }

    /// What lies in the inbox: the drops to take up, and names that are neither drops nor
    /// anybody's work in progress.
    package struct Listing: Sendable {
        package let drops: [FileName]
        package let unrecognizedFiles: [FileName]
    }

    package func list() throws(FileSystemError) -> Listing {
        let own = [FileName("accepted"), FileName("rejected")]
        let names = try folder.names().filter { !own.contains($0) && !Self.isLeftAlone($0) }
        return Listing(
            drops: names.filter { $0.hasSuffix(".json") },
            unrecognizedFiles: names.filter { !$0.hasSuffix(".json") })
    }

    private static func isLeftAlone(_ name: FileName) -> Bool {
        name.hasPrefix(".") || name.hasSuffix(".tmp") || name.hasSuffix(".part")
    }

    /// Drops that an earlier run took up and did not finish, oldest first.
    package func unfinished() throws(FileSystemError) -> [ClaimName] {
        try claimed.names().compactMap { ClaimName($0) }
    }

    /// Takes a drop up: from here on nobody else does. `false` where it has gone meanwhile.
    package func claim(_ name: FileName, as claim: ClaimName) throws(FileSystemError) -> Bool {
        do throws(FileSystemError) {
            try folder.renameExclusively(name, to: claimed, as: claim.fileName)
            return true
        } catch  where error.isMissing {
            return false
        }
    }

    /// A handled drop, and what it is answered.
    package struct Settlement {
        let claim: ClaimName
        let receipt: [UInt8]
        let isRejected: Bool

        package init(of claim: ClaimName, receipt: [UInt8], isRejected: Bool) {
            self.claim = claim
            self.receipt = receipt
            self.isRejected = isRejected
        }
    }

    /// Puts handled drops and their receipts where they are kept. May be repeated: what an earlier
    /// attempt has done already is left as it is.
    ///
    /// - Parameter isSettled: called now and then with the number of drops settled since.
    package func settle(
        _ settlements: [Settlement], isSettled: (Int) -> Void = { _ in }
    ) throws(FileSystemError) {
        for start in stride(from: 0, to: settlements.count, by: Self.settledAtATime) {
            let end = min(start + Self.settledAtATime, settlements.count)
            try settle(settlements[start..<end])
            isSettled(end - start)
        }
    }

    private static let settledAtATime = 1000
    /// From here on one flush of the file system takes less time than one for each receipt.
    private static let many = 5

    private func settle(_ settlements: ArraySlice<Settlement>) throws(FileSystemError) {
        let isMany = settlements.count >= Self.many
        for settlement in settlements {
            if settlement.isRejected {
                try write(settlement, in: rejected, andFlush: !isMany)
            } else {
                try write(settlement, in: accepted, andFlush: !isMany)
            }
        }
        if isMany { try claimed.syncFileSystem() }
        for settlement in settlements {
            if settlement.isRejected {
                try move(settlement, to: rejected)
            } else {
                try move(settlement, to: accepted)
            }
        }
    }

    private func write(
        _ settlement: Settlement, in target: borrowing Folder, andFlush isFlushed: Bool
    ) throws(FileSystemError) {
        let draft = try DraftFile(for: settlement.claim.receipt, in: target)
        try draft.write(settlement.receipt)
        if isFlushed { try draft.flush() }
    }

    /// The receipt comes first: a drop in its place always has one.
    private func move(
        _ settlement: Settlement, to target: borrowing Folder
    ) throws(FileSystemError) {
        let claim = settlement.claim
        try target.renameReplacing(DraftFile.draftName(for: claim.receipt), as: claim.receipt)
        do throws(FileSystemError) {
            try claimed.renameExclusively(claim.fileName, to: target, as: claim.fileName)
        } catch  where error.isMissing {
            return
        }
    }

    /// Makes what `settle` did durable.
    package func syncSettled() throws(FileSystemError) {
        try accepted.sync()
        try rejected.sync()
        try claimed.sync()
    }
}
