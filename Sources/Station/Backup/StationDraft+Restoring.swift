import CalendarTime
import DurableFiles
import Failures
import Ledger
import LicenseToken
import Signing
import SystemPackage

extension StationDraft {
    /// Refuses a folder in which there is anything: it may be a station. A link for the
    /// configuration that leads nowhere is what a package has made room with.
    func refuseUnlessEmpty() throws(StationFailure) {
        let names = try onDisk { () throws(FileSystemError) in try folder.names() }
        let isRoom =
            names == [StationFolder.configurationName]
            && !FileStatus.isFound(at: station.configuration)
        guard names.isEmpty || isRoom else {
            throw StationFailure(
                .cannotCreate,
                "\(folder.path): there is something in it, and a restore replaces nothing: move the "
                    + "folder away, or name another one with --station")
        }
    }

    /// Unpacks keys and ledger of a backup, checks them, and writes the list of signers, the
    /// products, the vendor's picture and the configuration last.
    func fill(
        from archive: borrowing BackupArchive, _ signers: NewSigners?,
        _ products: [ProductFolder.File], _ logo: (name: FileName, bytes: [UInt8])?,
        _ configuration: [UInt8]
    ) throws(StationFailure) -> BackupReport {
        try makeFolders()
        for (kid, part) in archive.keys {
            try writeKey(kid, try archive.secret(of: part))
        }
        try onDisk { () throws(FileSystemError) in try Folder(opening: draft.keys).sync() }
        try writeLedger(of: archive)
        let report = try check(archive, signers)
        if let signers { try writeSigners(signers.text) }
        try writeProducts(products)
        if let logo { try write(logo.bytes, as: logo.name) }
        try writeConfiguration(configuration)
        return report
    }

    private func writeKey(
        _ kid: KeyID, _ content: borrowing SecretBytes
    ) throws(StationFailure) {
        do throws(FileSystemError) {
            let keys = try Folder(opening: draft.keys)
            let file = try DraftFile(
                for: StationFolder.keyFileName(kid), in: keys, permissions: .ownerReadWrite)
            try content.withUnsafeBytes { bytes throws(FileSystemError) in try file.write(bytes) }
            try file.publish(in: keys)
        } catch {
            throw StationFailure(error)
        }
    }

    private func writeLedger(of archive: borrowing BackupArchive) throws(StationFailure) {
        let parts = try onDisk { () throws(FileSystemError) in try Folder(opening: draft.path) }
        let file = try onDisk { () throws(FileSystemError) in
            try DraftFile(
                for: StationFolder.ledgerName, in: parts, permissions: .ownerReadWrite)
        }
        try archive.copy(archive.ledger, to: file)
        do throws(FileSystemError) {
            try file.publish(in: parts)
        } catch {
            throw StationFailure(error)
        }
    }

    /// Enters the restore into the log, which an older ledger gets by that.
    func recordRestore(
        of report: BackupReport, at time: Timestamp, seed: [UInt8]
    ) throws(StationFailure) {
        let reason = report.lastRun.map { "from a backup whose last run is \($0)" }
        do throws(LedgerError) {
            let ledger = try Ledger(opening: draft.ledger.string)
            try ledger.bringUpToDate(at: time, seed: seed)
            try ledger.withTransaction { transaction throws(LedgerError) in
                try transaction.record(
                    StationEventRecord(
                        kind: .restored, time: time,
                        reason: reason ?? "from a backup without a run"))
            }
        } catch {
            throw StationFailure(error)
        }
        do throws(FileSystemError) {
            // SQLite's journal is empty by now.
            let parts = try Folder(opening: draft.path)
            let journal = StationFolder.journalName(of: StationFolder.ledgerName)
            if try parts.contains(journal) { try parts.remove(journal) }
        } catch {
            throw StationFailure(error)
        }
    }

    // MARK: - Checking

    /// The ledger is whole and of a version that is known, and the keys are those that it names.
    private func check(
        _ archive: borrowing BackupArchive, _ signers: NewSigners?
    ) throws(StationFailure) -> BackupReport {
        let (keys, summary) = try checkedLedger(archive.path)
        let kept = keys.filter { $0.state != .retired }.map(\.kid)
        guard BackupFormat.sorted(kept) == archive.keys.map(\.kid) else {
            throw Self.refusal(archive.path, "its keys are not those that its ledger names")
        }
        let store = KeyStore(station: draft)
        for key in keys {
            do throws(StationFailure) {
                try store.check(key)
            } catch {
                throw Self.refusal(
                    archive.path, "the key \(key.kid) is damaged, or not the one of its ledger")
            }
        }
        guard keys.contains(where: { $0.state == .active }) else {
            throw Self.refusal(archive.path, "there is no active key in its ledger")
        }
        return try BackupReport(
            summary, of: keys, in: store, peopleCount: signers?.peopleCount)
    }

    private func checkedLedger(
        _ path: FilePath
    ) throws(StationFailure) -> ([KeyRecord], LedgerSummary) {
        let contents: ([KeyRecord], LedgerSummary)
        let failure: String?
        do throws(LedgerError) {
            let ledger = try Ledger.asItIs(at: draft.ledger.string)
            failure = try ledger.integrityFailures().first
            contents = (try ledger.keys(), try ledger.summary())
        } catch {
            switch error.reason {
            case .newerVersion:
                throw StationFailure(.configuration, "\(path): its ledger: \(error.reason)")
            case .damaged(let reason): throw Self.damagedLedger(path, reason)
            default: throw StationFailure(error)
            }
        }
        if let failure { throw Self.damagedLedger(path, failure) }
        return contents
    }

    private static func damagedLedger(_ path: FilePath, _ reason: String) -> StationFailure {
        refusal(path, "its ledger is damaged (\(reason))")
    }

    private static func refusal(_ path: FilePath, _ reason: String) -> StationFailure {
        StationFailure(.dataError, "\(path): \(reason): take another backup")
    }
}
