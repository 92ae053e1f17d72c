import DurableFiles
import Failures
import Ledger
import Signing
import SystemPackage

/// A station that is being made: its parts get their content in a folder of their own within the
/// station's, and are moved into place once they are whole.
///
/// The station's folder is locked meanwhile. Of several processes that make a station in it, one
/// does, and the others touch nothing.
struct StationDraft: ~Copyable {
    static let name = FileName(".init")
    /// In the order in which they are moved: before the configuration is there, there is no station.
    /// A list of signers is among them where the configuration names one, and products where a backup
    /// has some.
    static let parts = [
        StationFolder.keysName, StationFolder.ledgerName, StationFolder.signersName,
        StationFolder.productsName, StationFolder.configurationName,
    ]
    /// Lies beside the parts where products are among them: once those have been moved, nothing else
    /// would tell them from a folder that somebody had put there.
    static let productsMark = FileName("products-are-restored")

    let station: StationFolder
    let folder: Folder
    /// What has been moved into the station.
    private(set) var placed: [FileName] = []

    /// Takes the station's folder, which is made where it is missing, and removes what an attempt
    /// that was killed has left in it.
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
        let draft = StationDraft(station, folder)
        try draft.removeEarlier()
        return draft
    }

    private init(_ station: StationFolder, _ folder: consuming Folder) {
        self.station = station
        self.folder = folder
    }

    /// Where the parts are until they are moved.
    var draft: StationFolder {
        StationFolder(station.path.appending(Self.name.description))
    }

    // MARK: - Making

    /// Makes key and ledger.
    func write(
        _ key: borrowing SigningKey, _ protection: KeyStore.Protection, _ record: KeyRecord,
        _ origin: Ledger.KeyOrigin
    ) throws(StationFailure) {
        try makeFolders()
        let store = KeyStore(station: draft)
        try store.publish(try store.draft(key, protection))
        try createLedger(record, origin)
    }

    func makeFolders() throws(StationFailure) {
        do throws(FileSystemError) {
            try folder.refuseUnlessOwn()
            let parts = try folder.ensureOwn(Self.name, permissions: .ownerReadWriteExecute)
            _ = try parts.ensureOwn(
                StationFolder.keysName, permissions: .ownerReadWriteExecute)
        } catch {
            throw StationFailure(error)
        }
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
            let journal = Self.draftJournalName
            if try folder.contains(journal) { try folder.remove(journal) }
            try file.publish(in: folder)
        } catch {
            throw StationFailure(error)
        }
    }

    static var draftJournalName: FileName {
        StationFolder.journalName(of: DraftFile.draftName(for: StationFolder.ledgerName))
    }

    func writeSigners(_ text: [UInt8]) throws(StationFailure) {
        try write(text, as: StationFolder.signersName)
    }

    func writeProducts(_ files: [ProductFolder.File]) throws(StationFailure) {
        guard !files.isEmpty else { return }
        do throws(FileSystemError) {
            let parts = try Folder(opening: draft.path)
            try Self.write([], as: Self.productsMark, in: parts)
            let folder = try parts.ensureOwn(
                StationFolder.productsName, permissions: .ownerReadWriteExecute)
            for (name, text) in files { try Self.write(text, as: name, in: folder) }
        } catch {
            throw StationFailure(error)
        }
    }

    /// Comes last: before it is there, the other parts may not all be.
    func writeConfiguration(_ text: [UInt8]) throws(StationFailure) {
        try write(text, as: StationFolder.configurationName)
    }

    func write(_ text: [UInt8], as name: FileName) throws(StationFailure) {
        do throws(FileSystemError) {
            try Self.write(text, as: name, in: try Folder(opening: draft.path))
        } catch {
            throw StationFailure(error)
        }
    }

    /// A text that anybody may read.
    private static func write(
        _ text: [UInt8], as name: FileName, in folder: borrowing Folder
    ) throws(FileSystemError) {
        let file = try DraftFile(
            for: name, in: folder, permissions: [.ownerReadWrite, .groupRead, .otherRead])
        try file.write(text)
        try file.publish(in: folder)
        try folder.sync()
    }

    mutating func publish() throws(StationFailure) {
        do throws(FileSystemError) {
            let from = try Folder(opening: Self.name, in: folder)
            // A picture is among them where a backup has one.
            let logo = try from.names().filter { LogoFile.isName($0.description) }
            for part in logo + Self.parts {
                if Self.optionalParts.contains(part), try !from.contains(part) { continue }
                if part == StationFolder.configurationName, try folder.contains(part) {
                    try publishConfiguration(from: from)
                } else {
                    try from.renameExclusively(part, to: folder, as: part)
                    placed.append(part)
                    try folder.sync()
                }
            }
            if try from.contains(Self.productsMark) { try from.remove(Self.productsMark) }
            try folder.removeEmptyFolder(Self.name)
        } catch {
            throw StationFailure(error)
        }
    }

    private static let optionalParts = [StationFolder.signersName, StationFolder.productsName]

    /// A link that leads to nothing yet says where the configuration is to be: in /etc, where a
    /// package has made room for the station.
    private func publishConfiguration(from parts: borrowing Folder) throws(FileSystemError) {
        let name = StationFolder.configurationName
        let text = try draftedConfiguration()
        let target = try folder.target(ofLink: name)
        guard let targetName = target.lastComponent else {
            throw .untrusted("\(station.configuration)", "it leads nowhere: remove it")
        }
        try Self.write(
            text, as: FileName(targetName.string),
            in: try Folder(opening: station.path.pushing(target).removingLastComponent()))
        try parts.remove(name)
    }

    func draftedConfiguration() throws(FileSystemError) -> [UInt8] {
        try ReadableFile.regular(at: draft.configuration)
            .read(upTo: ConfigurationText.maximumByteCount)
    }
}
