import DurableFiles
import Failures
import Spool
import SystemPackage

/// A new station's inbox and outbox, and the user groups that they are shared with.
struct SharedFolders {
    /// Its members drop requests and read receipts.
    let inboxGroup: UserGroup?
    /// Its members read bundles.
    let outboxGroup: UserGroup?

    /// Both, opened.
    struct Opened: ~Copyable {
        let inbox: Folder
        let outbox: Folder
    }

    /// Makes both folders where they are missing, and those that Coldmint keeps in the inbox.
    func make(
        for station: StationFolder, _ configuration: Configuration
    ) throws(StationFailure) -> Opened {
        let inboxPath = station.resolve(configuration.inbox)
        do throws(FileSystemError) {
            let folder = try Folder.ensure(inboxPath)
            if let inboxGroup { try folder.shareForDropping(with: inboxGroup) }
            _ = try Inbox.open(at: inboxPath)
            let other = try Folder.ensure(station.resolve(configuration.outbox))
            if let outboxGroup { try other.share(with: outboxGroup) }
            return Opened(inbox: folder, outbox: other)
        } catch {
            guard error.operation == .setAccess, error.errno == .notPermitted else {
                throw StationFailure(error)
            }
            throw StationFailure(
                .cannotCreate,
                "\(error): make the folder this user's own, and this user a member of the group")
        }
    }
}
