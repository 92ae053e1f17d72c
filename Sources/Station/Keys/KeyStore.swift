import DurableFiles
import Failures
import Ledger
import LicenseToken
import Signatures
import Signing
import SystemPackage

/// The folder of private keys: 0700, its files 0600, the running user's own. Each file is either a
/// PKCS#8 PEM or encrypted.
struct KeyStore {
    let station: StationFolder

    /// The private key of this thumbprint, as it is now.
    func load(_ kid: KeyID, _ source: PassphraseSource) throws(StationFailure) -> SigningKey {
        let path = station.keyFile(kid)
        let text = try read(kid)
        let key = try opened(text, path, kid, source)
        try refuseUnlessOwn(key.verificationKey, kid)
        return key
    }

    private func opened(
        _ text: borrowing SecretBytes, _ path: FilePath, _ kid: KeyID, _ source: PassphraseSource
    ) throws(StationFailure) -> SigningKey {
        guard let bytes = Self.encrypted(text) else {
            return try mappingKeyErrors(at: path.string) { () throws(SigningError) in
                try PrivateKeyPEM.decode(text)
            }
        }
        return try source.withPassphrase(for: "the key \(kid)") {
            passphrase throws(StationFailure) in
            try mappingKeyErrors(at: path.string) { () throws(SigningError) in
                try EncryptedPrivateKey.decode(bytes, passphrase: passphrase)
            }
        }
    }

    /// Whether a passphrase is needed to load the key.
    func isEncrypted(_ kid: KeyID) throws(StationFailure) -> Bool {
        Self.encrypted(try read(kid)) != nil
    }

    /// As far as it can be told without a passphrase, the ledger's public half is the key's, and so
    /// is the file, which a retired key no longer has.
    func check(_ record: KeyRecord) throws(StationFailure) {
        guard KeyID(of: record.publicKey) == record.kid else {
            throw StationFailure(
                .inputOutput,
                "\(station.ledger): the key \(record.kid) has another public half there than its "
                    + "thumbprint says: restore the ledger from a backup")
        }
        if record.state != .retired { try checkFile(of: record.kid) }
    }

    private func checkFile(of kid: KeyID) throws(StationFailure) {
        let text = try read(kid)
        let key = try mappingKeyErrors(at: station.keyFile(kid).string) { () throws(SigningError) in
            if let bytes = Self.encrypted(text) {
                return try EncryptedPrivateKey.publicKey(of: bytes)
            }
            return try PrivateKeyPEM.decode(text).verificationKey
        }
        try refuseUnlessOwn(key, kid)
    }

    private func refuseUnlessOwn(_ key: VerificationKey, _ kid: KeyID) throws(StationFailure) {
        guard KeyID(of: key) == kid else {
            throw StationFailure(
                .noPermission,
                "\(station.keyFile(kid)): holds another key than the ledger knows by that name: "
                    + "restore the right one from a backup")
        }
    }

    /// The content of a key's file, whether it is encrypted or not.
    ///
    /// Where a command was cut off after the ledger had learned of a new key, the key is in the
    /// draft, which is whole by then and gets its name from the next command that writes.
    func read(_ kid: KeyID) throws(StationFailure) -> SecretBytes {
        if let text = try foundText(of: kid) { return text }
        throw StationFailure(
            .noPermission,
            "\(station.keyFile(kid)): the private key is missing: restore it from a backup")
    }

    func isMissing(_ kid: KeyID) throws(StationFailure) -> Bool {
        switch try foundText(of: kid) {
        case .some: false
        case .none: true
        }
    }

    private func foundText(of kid: KeyID) throws(StationFailure) -> SecretBytes? {
        try SecretFile.refuseUnlessPrivate(station.keys, permissions: .ownerReadWriteExecute)
        let name = StationFolder.keyFileName(kid)
        for candidate in [name, DraftFile.draftName(for: name)] {
            do throws(StationFailure) {
                return try SecretFile.read(
                    station.keys.appending(candidate.description),
                    upTo: PrivateKeyPEM.maximumByteCount)
            } catch {
                guard error.status == .noInput else { throw error }
            }
        }
        return nil
    }

    /// The bytes of an encrypted file, which are no secret; `nil` for anything else.
    private static func encrypted(_ text: borrowing SecretBytes) -> [UInt8]? {
        text.withUnsafeBytes { text in
            EncryptedPrivateKey.canBegin(with: text) ? Array(text) : nil
        }
    }
}

// MARK: - Writing

extension KeyStore {
    /// How a file is to be written.
    enum Protection {
        case none
        case passphrase(PassphraseSource, KeyDerivation)
    }

    /// Writes the key durably under its draft's name; `publish` gives it its own.
    func draft(
        _ key: borrowing SigningKey, _ protection: Protection
    ) throws(StationFailure) -> DraftFile {
        let kid = KeyID(of: key.verificationKey)
        let draft = try onDisk { () throws(FileSystemError) in
            try DraftFile(
                for: StationFolder.keyFileName(kid), in: try Folder(opening: station.keys),
                permissions: .ownerReadWrite)
        }
        do throws(StationFailure) {
            try write(key, protection, to: draft)
        } catch {
            // Why the draft cannot be removed is thrown away: the next command destroys it.
            try? draft.discard(in: try Folder(opening: station.keys))
            throw error
        }
        return draft
    }

    private func write(
        _ key: borrowing SigningKey, _ protection: Protection, to draft: borrowing DraftFile
    ) throws(StationFailure) {
        let path = draft.draftPath.string
        switch protection {
        case .none:
            let text = try mappingKeyErrors(at: path) { () throws(SigningError) in
                try PrivateKeyPEM.encode(key)
            }
            try onDisk { () throws(FileSystemError) in
                try text.withUnsafeBytes { text throws(FileSystemError) in try draft.write(text) }
            }
        case .passphrase(let source, let derivation):
            let bytes = try source.withPassphrase(for: "the key files") {
                passphrase throws(StationFailure) in
                try mappingKeyErrors(at: path) { () throws(SigningError) in
                    try EncryptedPrivateKey.encode(
                        key, passphrase: passphrase, derivation: derivation)
                }
            }
            try onDisk { () throws(FileSystemError) in try draft.write(bytes) }
        }
        try onDisk { () throws(FileSystemError) in
            try draft.flush()
            try Folder(opening: station.keys).sync()
        }
    }

    /// Gives a new key's file its name.
    func publish(_ draft: consuming DraftFile) throws(StationFailure) {
        do throws(FileSystemError) {
            let folder = try Folder(opening: station.keys)
            try draft.publish(in: folder)
            try folder.sync()
        } catch {
            throw StationFailure(error)
        }
    }

    /// Gives the draft the name of the key's present file, whose content is then wiped.
    func replace(_ kid: KeyID, with draft: consuming DraftFile) throws(StationFailure) {
        do throws(FileSystemError) {
            let folder = try Folder(opening: station.keys)
            let old = try WipeableFile(StationFolder.keyFileName(kid), in: folder)
            try draft.publishReplacing(in: folder)
            try folder.sync()
            try old.wipe()
        } catch {
            throw StationFailure(error)
        }
    }

    /// Wipes and removes the private key's file, if it is there.
    func destroy(_ kid: KeyID) throws(StationFailure) {
        try destroy(StationFolder.keyFileName(kid))
    }

    private func destroy(_ name: FileName) throws(StationFailure) {
        do throws(FileSystemError) {
            let folder = try Folder(opening: station.keys)
            guard try folder.contains(name) else { return }
            try WipeableFile(name, in: folder).wipe()
            try folder.remove(name)
            try folder.sync()
        } catch {
            throw StationFailure(error)
        }
    }

    /// Brings the folder in line with the ledger, after a command that was cut off. The draft of a
    /// recorded key that has no file becomes its file; other drafts are destroyed, and so are the
    /// files of retired keys.
    func tidy(_ keys: [KeyRecord]) throws(StationFailure) {
        try SecretFile.refuseUnlessPrivate(station.keys, permissions: .ownerReadWriteExecute)
        let names = Set(
            try onDisk { () throws(FileSystemError) in
                try Folder(opening: station.keys).names()
            })
        for key in keys {
            let name = StationFolder.keyFileName(key.kid)
            let draft = DraftFile.draftName(for: name)
            if key.state == .retired {
                if names.contains(name) { try destroy(name) }
                if names.contains(draft) { try destroy(draft) }
            } else if names.contains(draft) {
                if names.contains(name) { try destroy(draft) } else { try adopt(draft, as: name) }
            }
        }
        let known = Set(keys.map { DraftFile.draftName(for: StationFolder.keyFileName($0.kid)) })
        for name in names.subtracting(known).sorted() where StationFolder.isKeyDraft(name) {
            try destroy(name)
        }
    }

    private func adopt(_ draft: FileName, as name: FileName) throws(StationFailure) {
        try onDisk { () throws(FileSystemError) in
            let folder = try Folder(opening: station.keys)
            try folder.renameExclusively(draft, to: folder, as: name)
            try folder.sync()
        }
    }
}
