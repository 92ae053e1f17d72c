import DurableFiles
import Failures
import SystemPackage

extension StationDraft {
    /// Removes all that was made, the key before all: it has signed nothing, and must not lie
    /// about. The station's folder is removed only where it is empty.
    func discard() {
        do throws(FileSystemError) {
            try removeParts(placed: placed)
            try Folder.removeEmpty(station.path)
        } catch {
            // The failure that led here is the one to report.
        }
    }

    /// Removes the parts of a process that was killed. It had moved some of them where its
    /// configuration, which is moved last, lies here still: then the others are its own too.
    func removeEarlier() throws(StationFailure) {
        do throws(FileSystemError) {
            guard try folder.contains(Self.name),
                !FileStatus.isFound(at: station.configuration)
            else { return }
            try refuseForeignParts()
            let parts = try Folder(opening: Self.name, in: folder)
            let wasMoving = try parts.contains(StationFolder.configurationName)
            var placed: [FileName] = []
            if wasMoving {
                for part in try earlierParts() where try !parts.contains(part) {
                    placed.append(part)
                }
            }
            try removeParts(placed: placed)
        } catch {
            throw StationFailure(error)
        }
    }

    /// The parts of a process that was killed while it moved them. Where its configuration names no
    /// list of signers, one that lies in the station is somebody's own.
    private func earlierParts() throws(FileSystemError) -> [FileName] {
        let text = String(decoding: try draftedConfiguration(), as: UTF8.self)
        // What is wrong with it is thrown away: what cannot be read names no list and no picture.
        let configuration = try? Configuration(parsing: text)
        let hasSigners = configuration?.approvals.signers != nil
        let logo = (configuration?.vendorLogo).map { [FileName($0)] } ?? []
        let hasProducts = try Folder(opening: Self.name, in: folder).contains(Self.productsMark)
        return logo
            + Self.parts.filter { part in
                switch part {
                case StationFolder.signersName: hasSigners
                case StationFolder.productsName: hasProducts
                default: true
                }
            }
    }

    /// Refuses a folder of that name that holds what neither `init` nor `restore` has put there.
    private func refuseForeignParts() throws(FileSystemError) {
        let parts = try Folder(opening: Self.name, in: folder)
        try parts.refuseUnlessOwn()
        // A restore writes into the ledger once more after that has its name.
        let journal = StationFolder.journalName(of: StationFolder.ledgerName)
        let own =
            Self.parts + Self.parts.map(DraftFile.draftName)
            + [
                Self.draftJournalName, journal, Self.productsMark,
                DraftFile.draftName(for: Self.productsMark),
            ]
        var foreign = try parts.names().filter { !own.contains($0) && !LogoFile.isNameOrDraft($0) }
        if try parts.contains(StationFolder.keysName) {
            let keys = try Folder(opening: StationFolder.keysName, in: parts)
            foreign += try keys.names().filter { !StationFolder.isKeyFile($0) }
        }
        if try parts.contains(StationFolder.productsName) {
            let products = try Folder(opening: StationFolder.productsName, in: parts)
            foreign += try products.names().filter { !ProductFolder.isProductOrDraft($0) }
        }
        if let name = foreign.first {
            throw .untrusted(
                "\(draft.path)", "it holds \(name), which coldmint has not made: move it away")
        }
    }

    private func removeParts(placed: [FileName]) throws(FileSystemError) {
        for part in Self.folders where placed.contains(part) {
            try Self.removeFiles(of: part, in: folder)
        }
        for part in placed.reversed() where !Self.folders.contains(part) {
            if try folder.contains(part) { try folder.remove(part) }
        }
        guard try folder.contains(Self.name) else { return }
        let parts = try Folder(opening: Self.name, in: folder)
        for part in Self.folders { try Self.removeFiles(of: part, in: parts) }
        for name in try parts.names() { try parts.remove(name) }
        try folder.removeEmptyFolder(Self.name)
    }

    private static let folders = [StationFolder.keysName, StationFolder.productsName]

    private static func removeFiles(
        of part: FileName, in parent: borrowing Folder
    ) throws(FileSystemError) {
        guard try parent.contains(part) else { return }
        let folder = try Folder(opening: part, in: parent)
        for name in try folder.names() { try folder.remove(name) }
        try parent.removeEmptyFolder(part)
    }
}
