import DurableFiles
import Spool
import SystemPackage

extension OpenStation {
    /// The inbox, opened after the outbox: nothing may be issued that could not be handed over.
    func openInbox() throws(StationFailure) -> Inbox {
        _ = try opened("outbox", at: folder.resolve(configuration.outbox)) {
            path throws(FileSystemError) in try Folder(opening: path)
        }
        return try opened("inbox", at: folder.resolve(configuration.inbox)) {
            path throws(FileSystemError) in try Inbox.open(at: path)
        }
    }

    /// The disk of a folder that is missing may be mounted later: that is something to wait for.
    private func opened<Opened: ~Copyable>(
        _ name: String, at path: FilePath,
        _ open: (FilePath) throws(FileSystemError) -> Opened
    ) throws(StationFailure) -> Opened {
        do throws(FileSystemError) {
            return try open(path)
        } catch {
            throw error.isMissing
                ? StationFailure(.tryAgain, "\(path): the \(name) is not there: make or mount it")
                : StationFailure(error)
        }
    }
}
