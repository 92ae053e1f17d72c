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
        package let strangers: [FileName]
    }

    package func list() throws(FileSystemError) -> Listing {
        let own = [FileName("accepted"), FileName("rejected")]
        let names = try folder.names().filter { !own.contains($0) && !Self.isLeftAlone($0) }
        return Listing(
            drops: names.filter { $0.hasSuffix(".json") },
            strangers: names.filter { !$0.hasSuffix(".json") })
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

    /// Puts a handled drop and its receipt where they are kept. May be repeated: what an earlier
    /// attempt has done already is left as it is.
    package func settle(
        _ claim: ClaimName, receipt: [UInt8], isRejected: Bool
    ) throws(FileSystemError) {
        if isRejected {
            try settle(claim, receipt: receipt, in: rejected)
        } else {
            try settle(claim, receipt: receipt, in: accepted)
        }
    }

    private func settle(
        _ claim: ClaimName, receipt: [UInt8], in target: borrowing Folder
    ) throws(FileSystemError) {
        let draft = try DraftFile(for: claim.receipt, in: target)
        try draft.write(receipt)
        try draft.publishReplacing(in: target)
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
