import DurableFiles
import Spool
import SystemPackage

/// A station's inbox and outbox, which are no other station's while the value lives.
struct InboxAndOutbox: ~Copyable {
    let inbox: Inbox
    private let marks: OwnershipMarks

    init(inbox: consuming Inbox, marks: consuming OwnershipMarks) {
        self.inbox = inbox
        self.marks = marks
    }
}

extension OpenStation {
    /// Opens both folders, each once: what is meant by their paths may change at any time. The
    /// outbox comes first: nothing may be issued that could not be handed over.
    func openFolders() throws(StationFailure) -> InboxAndOutbox {
        let outbox = try opened("outbox", at: folder.resolve(configuration.outbox)) {
            path throws(FileSystemError) in try Folder(opening: path)
        }
        let inbox = try opened("inbox", at: folder.resolve(configuration.inbox)) {
            path throws(FileSystemError) in try Inbox.open(at: path)
        }
        let marks = try OwnershipMarks.put(
            onInbox: inbox.folder, andOutbox: outbox, for: folder, try identity())
        return InboxAndOutbox(inbox: inbox, marks: marks)
    }

    private func opened<Opened: ~Copyable>(
        _ name: String, at path: FilePath,
        _ open: (FilePath) throws(FileSystemError) -> Opened
    ) throws(StationFailure) -> Opened {
        do throws(FileSystemError) {
            return try open(path)
        } catch {
            throw StationFailure(error, opening: name, at: path)
        }
    }
}
