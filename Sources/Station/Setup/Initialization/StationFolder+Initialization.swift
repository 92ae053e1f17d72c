import CalendarTime
import DurableFiles
import Failures
import Ledger
package import LicenseToken
import Signatures
import Signing
package import SystemPackage

extension StationFolder {
    /// Makes the station: key, ledger, list of signers, configuration, and inbox and outbox where
    /// they are missing.
    ///
    /// Before `station.yaml` is there, there is no station; only the marks of its folders come later.
    /// Where they are missing, the first run makes them.
    ///
    /// - Parameters:
    ///   - settings: the issuer, where inbox and outbox are, and who may ask.
    ///   - importedKey: a PKCS#8 PEM to take instead of a new key.
    ///   - passphrase: what the key file is encrypted with, if it is.
    ///   - inboxGroup: the user group that may drop requests and read receipts.
    ///   - outboxGroup: the user group that may read bundles.
    /// - Returns: the thumbprint of its key.
    package func initialize(
        _ settings: NewSettings, importing importedKey: FilePath?, passphrase: PassphraseSource?,
        inboxGroup: String? = nil, outboxGroup: String? = nil, environment: SystemEnvironment
    ) throws(StationFailure) -> KeyID {
        let configuration = try settings.configuration()
        let folders = SharedFolders(
            inboxGroup: try userGroup(inboxGroup), outboxGroup: try userGroup(outboxGroup))
        let now = try environment.now()
        var draft = try StationDraft.begin(of: self)
        do throws(StationFailure) {
            try refuseIfOccupied(settings)
            try refuseIfTaken(configuration)
            let key = try firstKey(importedKey)
            let record = KeyRecord(
                kid: KeyID(of: key.verificationKey), publicKey: key.verificationKey,
                state: .active, createdAt: now)
            try draft.write(
                key, passphrase.map { .passphrase($0, .standard) } ?? .none, record,
                importedKey == nil ? .generated : .imported)
            if let signers = settings.signers { try draft.writeSigners(signers.text) }
            try draft.writeConfiguration(Array(settings.text.utf8))
            let opened = try folders.make(for: self, configuration)
            try draft.publish()
            try mark(opened, of: configuration, StationIdentity(firstKey: record.kid, at: now))
            return record.kid
        } catch {
            draft.discard()
            throw error
        }
    }

    /// Another station that is made at the same moment may want the same folders.
    private func mark(
        _ folders: borrowing SharedFolders.Opened, of configuration: Configuration,
        _ identity: StationIdentity
    ) throws(StationFailure) {
        do throws(StationFailure) {
            _ = try OwnershipMarks.put(
                onInbox: folders.inbox, andOutbox: folders.outbox, for: self, identity)
        } catch {
            for folder in [configuration.inbox, configuration.outbox] {
                OwnershipMark.remove(from: resolve(folder), of: identity)
            }
            try refuseIfTaken(configuration)
            throw error
        }
    }

    private func refuseIfOccupied(_ settings: NewSettings) throws(StationFailure) {
        if FileStatus.isFound(at: configuration) {
            throw StationFailure(.cannotCreate, "\(path): there is a station already")
        }
        for part in [ledger, keys] where FileStatus.isFound(at: part) {
            throw StationFailure(
                .cannotCreate,
                "\(part): there is one already, and no \(configuration): restore that from a "
                    + "backup, or move the folder away to begin anew")
        }
        if settings.signers != nil, FileStatus.isFound(at: signers) {
            throw StationFailure(
                .cannotCreate,
                "\(signers): there is one already: move it away, and name it with --signers where "
                    + "it is the right one")
        }
    }

    private func refuseIfTaken(_ folders: Configuration) throws(StationFailure) {
        for (setting, role) in [(folders.inbox, "inbox"), (folders.outbox, "outbox")] {
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
}
