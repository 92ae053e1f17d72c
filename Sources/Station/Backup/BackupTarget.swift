import DurableFiles
import Failures
import Ledger
import SystemPackage
import Tar

/// The place of a backup that is being made. It appears there whole, or not at all, and takes no
/// other file's place.
struct BackupTarget: ~Copyable {
    private let path: FilePath
    private let name: FileName
    private let folder: Folder

    /// - Throws: `cannotCreate` where there is something of that name.
    static func free(at path: FilePath) throws(StationFailure) -> BackupTarget {
        guard let last = path.lastComponent, last.kind == .regular, path != "-" else {
            throw StationFailure(.usage, "\(path): a backup goes into a file: name one")
        }
        let name = FileName(last.string)
        let folder = try folder(of: path)
        if try onDisk({ () throws(FileSystemError) in try folder.contains(name) }) {
            throw taken(path)
        }
        return BackupTarget(path: path, name: name, folder: folder)
    }

    private static func folder(of path: FilePath) throws(StationFailure) -> Folder {
        let parent = path.removingLastComponent()
        do throws(FileSystemError) {
            return try Folder(opening: parent.isEmpty ? "." : parent)
        } catch {
            guard error.isMissing else { throw StationFailure(error) }
            throw StationFailure(.cannotCreate, "\(error): make the folder first")
        }
    }

    private init(path: FilePath, name: FileName, folder: consuming Folder) {
        self.path = path
        self.name = name
        self.folder = folder
    }

    func draft() throws(StationFailure) -> DraftFile {
        try onDisk { () throws(FileSystemError) in
            try DraftFile(for: name, in: folder, permissions: .ownerReadWrite)
        }
    }

    /// A copy of a ledger, in a file beside the backup that has no name and goes with the process.
    struct LedgerCopy: ~Copyable {
        let ledger: Ledger
        let file: ReadableFile
    }

    func copy(of ledger: Ledger) throws(StationFailure) -> LedgerCopy {
        try refuseTooLarge(ledger)
        let draft = try onDisk { () throws(FileSystemError) in
            try DraftFile(
                for: FileName(bytes: name.bytes + Array(".ledger".utf8)), in: folder,
                permissions: .ownerReadWrite)
        }
        let file = try onDisk { () throws(FileSystemError) in
            try ReadableFile.regular(at: draft.draftPath)
        }
        let copy = try OpenStation.asking { () throws(LedgerError) in
            try Ledger.forCopying(into: draft.draftPath.string)
        }
        try removeName(of: draft)
        try OpenStation.asking { () throws(LedgerError) in try ledger.copy(to: copy) }
        return LedgerCopy(ledger: copy, file: file)
    }

    private func removeName(of draft: consuming DraftFile) throws(StationFailure) {
        do throws(FileSystemError) {
            try draft.discard(in: folder)
        } catch {
            throw StationFailure(error)
        }
    }

    private func refuseTooLarge(_ ledger: Ledger) throws(StationFailure) {
        let size = try OpenStation.asking { () throws(LedgerError) in try ledger.byteCount() }
        guard size <= TarHeader.maximumFileByteCount else {
            throw StationFailure(
                .cannotCreate,
                "\(path): a tar has no room for a ledger of 8 GiB or more: copy the station's "
                    + "folder with 'flock station/lock cp -a'")
        }
    }

    func publish(_ draft: consuming DraftFile) throws(StationFailure) {
        do throws(FileSystemError) {
            try draft.publish(in: folder)
            try folder.sync()
        } catch {
            throw error.isTaken ? Self.taken(path) : StationFailure(error)
        }
    }

    /// Removes what a backup that failed has written.
    func discard() {
        let draft = DraftFile.draftName(for: name)
        // Why it stays is thrown away: the failure that led here is the one to report.
        try? folder.remove(draft)
    }

    private static func taken(_ path: FilePath) -> StationFailure {
        StationFailure(.cannotCreate, "\(path): there is one already: name another file")
    }
}
