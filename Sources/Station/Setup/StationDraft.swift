import DurableFiles
import Ledger
import LicenseToken
import Signing
import SystemPackage

/// A station that is being made: its parts get their content in a folder of their own within the
/// station's, and are moved into place once they are whole.
///
/// The station's folder is locked meanwhile. Of several processes that make a station in it, one
/// does, and the others touch nothing.
struct StationDraft: ~Copyable {
    private static let name = FileName(".init")

    private let station: StationFolder
    private let folder: Folder
    /// What has been moved into the station.
    private var placed: [FileName] = []

    /// Makes the station's folder where it is missing.
    static func begin(of station: StationFolder) throws(StationFailure) -> StationDraft {
        let folder = try onDisk { () throws(FileSystemError) in
            try Folder.ensure(station.path, permissions: .ownerReadWriteExecute)
        }
        let isOurs = try onDisk { () throws(FileSystemError) in
            guard try folder.lock() else { return false }
            // One that failed may have removed the folder before the lock was ours.
            return try FileStatus(of: station.path).isSameFile(as: folder.status())
        }
        guard isOurs else {
            throw StationFailure(
                .tryAgain, "\(station.path): somebody else is making a station here: try again")
        }
        return StationDraft(station, folder)
    }

    private init(_ station: StationFolder, _ folder: consuming Folder) {
        self.station = station
        self.folder = folder
    }

    /// Where the parts are until they are moved.
    private var draft: StationFolder {
        StationFolder(station.path.appending(Self.name.description))
    }

    /// Makes key and ledger.
    func write(
        _ key: borrowing SigningKey, _ protection: KeyStore.Protection, _ record: KeyRecord,
        _ origin: Ledger.KeyOrigin
    ) throws(StationFailure) {
        // A process that was killed may have left its own, of no use to anybody.
        Self.remove(draft)
        do throws(FileSystemError) {
            _ = try Folder.ensure(draft.path, permissions: .ownerReadWriteExecute)
            _ = try Folder.ensure(draft.keys, permissions: .ownerReadWriteExecute)
        } catch {
            throw StationFailure(error)
        }
        let store = KeyStore(station: draft)
        try store.publish(try store.draft(key, protection))
        try createLedger(record, origin)
    }

    /// SQLite writes to a name of its own first, so that a ledger is there whole or not at all.
    private func createLedger(
        _ key: KeyRecord, _ origin: Ledger.KeyOrigin
    ) throws(StationFailure) {
        let folder = try onDisk { () throws(FileSystemError) in try Folder(opening: draft.path) }
        let file = try onDisk { () throws(FileSystemError) in
            try DraftFile(
                for: StationFolder.ledgerName, in: folder, permissions: .ownerReadWrite)
        }
        do throws(LedgerError) {
            try Ledger(creatingIn: file.draftPath.string).add(key, origin)
        } catch {
            throw StationFailure(error)
        }
        do throws(FileSystemError) {
            // SQLite's journal is empty by now. It is named after the draft, so that after the
            // rename it would belong to no ledger.
            let draftName = DraftFile.draftName(for: StationFolder.ledgerName)
            let journal = StationFolder.journalName(of: draftName)
            if try folder.contains(journal) { try folder.remove(journal) }
            try file.publish(in: folder)
        } catch {
            throw StationFailure(error)
        }
    }

    func writeConfiguration(_ text: String) throws(StationFailure) {
        do throws(FileSystemError) {
            let folder = try Folder(opening: draft.path)
            let file = try DraftFile(for: StationFolder.configurationName, in: folder)
            try file.write(Array(text.utf8))
            try file.publish(in: folder)
            try folder.sync()
        } catch {
            throw StationFailure(error)
        }
    }

    /// Moves the parts into place, the configuration last: before it is there, there is no station.
    mutating func publish() throws(StationFailure) {
        do throws(FileSystemError) {
            let from = try Folder(opening: draft.path)
            for part in [
                StationFolder.keysName, StationFolder.ledgerName, StationFolder.configurationName,
            ] {
                try from.renameExclusively(part, to: folder, as: part)
                placed.append(part)
                try folder.sync()
            }
            try Folder.removeEmpty(draft.path)
        } catch {
            throw StationFailure(error)
        }
    }

    /// Removes all that was made, the key before all: it has signed nothing, and must not lie
    /// about. The station's folder is removed only where it is empty.
    func discard() {
        Self.remove(draft)
        if placed.contains(StationFolder.keysName) { Self.removeFolder(station.keys) }
        // Why a part stays is thrown away, here and below: the failure that led here is the one
        // to report.
        for part in placed.reversed() { try? folder.remove(part) }
        try? Folder.removeEmpty(station.path)
    }

    private static func remove(_ draft: StationFolder) {
        removeFolder(draft.keys)
        removeFolder(draft.path)
    }

    private static func removeFolder(_ path: FilePath) {
        // Why something stays is thrown away, as above: there may be nothing to remove.
        guard let folder = try? Folder(opening: path) else { return }
        for name in (try? folder.names()) ?? [] { try? folder.remove(name) }
        try? Folder.removeEmpty(path)
    }
}
