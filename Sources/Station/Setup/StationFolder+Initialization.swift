import CalendarTime
import DurableFiles
import Ledger
package import LicenseToken
import Signing
package import SystemPackage

extension StationFolder {
    /// Makes the station: key, ledger, configuration, and inbox and outbox where they are missing.
    ///
    /// Before `station.yaml` is there, there is no station; only the marks of its folders come later.
    /// Where they are missing, the first run makes them.
    ///
    /// - Parameters:
    ///   - importedKey: a PKCS#8 PEM to take instead of a new key.
    ///   - passphrase: what the key file is encrypted with, if it is.
    ///   - inboxGroup: the user group that may drop requests and read receipts.
    ///   - outboxGroup: the user group that may read bundles.
    /// - Returns: the thumbprint of its key.
    package func initialize(
        issuer: String, importing importedKey: FilePath?, passphrase: PassphraseSource?,
        inboxGroup: String? = nil, outboxGroup: String? = nil, environment: SystemEnvironment
    ) throws(StationFailure) -> KeyID {
        let issuer = try checkedIssuer(issuer)
        let folders = SharedFolders(
            inbox: try userGroup(inboxGroup), outbox: try userGroup(outboxGroup))
        let now = try environment.now()
        try refuseIfOccupied()
        try refuseIfFoldersAreTaken()
        let key = try firstKey(importedKey)
        let kid = KeyID(of: key.verificationKey)
        let identity = StationIdentity(firstKey: kid, at: now)
        do throws(StationFailure) {
            try write(
                key, passphrase, isImported: importedKey != nil, issuer: issuer, now: now)
            try writeConfiguration(issuer, folders)
            _ = try OwnershipMarks.claim(for: self, Configuration(issuer: issuer), identity)
        } catch {
            removeTraces(of: kid, identity)
            throw error
        }
        return kid
    }

    private func write(
        _ key: borrowing SigningKey, _ passphrase: PassphraseSource?, isImported: Bool,
        issuer: String,
        now: Timestamp
    ) throws(StationFailure) {
        do throws(FileSystemError) {
            _ = try Folder.ensure(path, permissions: .ownerReadWriteExecute)
            _ = try Folder.ensure(keys, permissions: .ownerReadWriteExecute)
        } catch {
            throw StationFailure(error)
        }
        let store = KeyStore(station: self)
        try store.publish(
            try store.draft(key, passphrase.map { .passphrase($0, .standard) } ?? .none))
        try createLedger(
            KeyRecord(
                kid: KeyID(of: key.verificationKey), publicKey: key.verificationKey,
                state: .active, createdAt: now), isImported ? .imported : .generated)
    }

    /// Removes what an attempt that failed has made, the key before all: it has signed nothing, and
    /// must not lie about. Folders are removed only where they are empty.
    private func removeTraces(of kid: KeyID, _ identity: StationIdentity) {
        let configured = Configuration(issuer: "")
        for folder in [configured.inbox, configured.outbox] {
            OwnershipMark.remove(from: resolve(folder), of: identity)
        }
        let name = StationFolder.keyFileName(kid)
        remove([name, DraftFile.draftName(for: name)], in: keys)
        let ledgerDraft = DraftFile.draftName(for: Self.ledgerName)
        remove(
            [
                Self.ledgerName, ledgerDraft, Self.journalName(of: ledgerDraft),
                DraftFile.draftName(for: Self.configurationName), Self.configurationName,
            ], in: path)
        // Why a folder stays is thrown away: the failure that led here is the one to report.
        for folder in [keys, path] { try? Folder.removeEmpty(folder) }
    }

    private func remove(_ names: [FileName], in path: FilePath) {
        // What was never made cannot be removed, and the failure that led here is the one to
        // report.
        guard let folder = try? Folder(opening: path) else { return }
        for name in names { try? folder.remove(name) }
    }

    private func checkedIssuer(_ issuer: String) throws(StationFailure) -> String {
        do throws(ConfigurationError) {
            return try Configuration.checkedIssuer(issuer)
        } catch {
            throw StationFailure(.usage, error.description)
        }
    }

    private func refuseIfOccupied() throws(StationFailure) {
        if FileStatus.isFound(at: configuration) {
            throw StationFailure(.cannotCreate, "\(path): there is a station already")
        }
        for part in [ledger, keys] where FileStatus.isFound(at: part) {
            throw StationFailure(
                .cannotCreate,
                "\(part): there is one already, and no \(configuration): restore that from a "
                    + "backup, or move the folder away to begin anew")
        }
    }

    private func refuseIfFoldersAreTaken() throws(StationFailure) {
        let configured = Configuration(issuer: "")
        for (setting, role) in [(configured.inbox, "inbox"), (configured.outbox, "outbox")] {
            let refusal = OwnershipMark.refusalOfNewStation(resolve(setting), role)
            if let refusal { throw refusal }
        }
    }

    private func userGroup(_ name: String?) throws(StationFailure) -> UserGroup? {
        guard let name else { return nil }
        guard let group = UserGroup(named: name) else {
            throw StationFailure(
                .usage, "there is no user group '\(name)': make it, or name another")
        }
        return group
    }

    private func firstKey(_ imported: FilePath?) throws(StationFailure) -> SigningKey {
        if let imported { return try PrivateKeyPEM.read(imported) }
        return try SigningKey.generateWithPlainThumbprint()
    }

    /// SQLite writes to a name of its own first, so that a ledger is there whole or not at all.
    private func createLedger(
        _ key: KeyRecord, _ origin: Ledger.KeyOrigin
    ) throws(StationFailure) {
        let folder = try onDisk { () throws(FileSystemError) in try Folder(opening: path) }
        let draft = try onDisk { () throws(FileSystemError) in
            try DraftFile(for: Self.ledgerName, in: folder, permissions: .ownerReadWrite)
        }
        do throws(LedgerError) {
            try Ledger(creatingIn: draft.draftPath.string).add(key, origin)
        } catch {
            throw StationFailure(error)
        }
        do throws(FileSystemError) {
            // Empty by now. Under this name it would not be the journal of the finished ledger.
            let journal = Self.journalName(of: DraftFile.draftName(for: Self.ledgerName))
            if try folder.contains(journal) { try folder.remove(journal) }
            try draft.publish(in: folder)
            try folder.sync()
        } catch {
            throw StationFailure(error)
        }
    }

    private func writeConfiguration(
        _ issuer: String, _ folders: SharedFolders
    ) throws(StationFailure) {
        try folders.make(for: self, Configuration(issuer: issuer))
        let text = """
            # Coldmint's station; every setting is described in docs/station.md.
            issuer: '\(issuer.replacing("'", with: "''"))'

            """
        do throws(FileSystemError) {
            let parent = resolve("..")
            let folder = try Folder(opening: path)
            let draft = try DraftFile(for: Self.configurationName, in: folder)
            try draft.write(Array(text.utf8))
            try draft.publish(in: folder)
            try folder.sync()
            try Folder(opening: parent.isEmpty ? "." : parent).sync()
        } catch {
            throw StationFailure(error)
        }
    }
}
