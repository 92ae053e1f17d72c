import DurableFiles
import Spool
import SystemPackage

/// A station's inbox and outbox, which are no other station's while the value lives.
struct SpoolFolders: ~Copyable {
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
    func openFolders() throws(StationFailure) -> SpoolFolders {
        let outbox = try opened("outbox", at: folder.resolve(configuration.outbox)) {
            path throws(FileSystemError) in try Folder(opening: path)
        }
        let inbox = try opened("inbox", at: folder.resolve(configuration.inbox)) {
            path throws(FileSystemError) in try Inbox.open(at: path)
        }
        let marks = try OwnershipMarks.claim(
            inbox: inbox.folder, outbox: outbox, for: folder, try identity())
        return SpoolFolders(inbox: inbox, marks: marks)
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

extension StationFailure {
    /// The disk of a folder that is missing may be mounted later: that is something to wait for.
    ///
    /// - Parameter role: `inbox` or `outbox`.
    init(_ error: FileSystemError, opening role: String, at path: FilePath) {
        guard error.isMissing else {
            self.init(error)
            return
        }
        self.init(
            .tryAgain, "\(path): the \(role) is not there: make or mount it",
            cause: .fileSystem(error))
    }
}
