import Failures
import Ledger
package import LicenseToken
import Signatures
package import Signing

extension OpenStation {
    func activeKey() throws(StationFailure) -> KeyRecord {
        try activeKey(among: try keys())
    }

    private func activeKey(among keys: [KeyRecord]) throws(StationFailure) -> KeyRecord {
        guard let key = keys.first(where: { $0.state == .active }) else {
            throw StationFailure(.configuration, "\(folder.ledger): there is no active key in it")
        }
        return key
    }

    func tidyKeys() throws(StationFailure) {
        try KeyStore(station: folder).tidy(try keys())
    }

    /// Brings the folder of keys in line with the ledger before a run. Every key that is not retired
    /// must have its own private half here: whatever the ledger calls a key goes out in bundles, and
    /// customers believe it.
    ///
    /// - Returns: the thumbprint of the key that signs.
    func prepareKeys() throws(StationFailure) -> KeyID {
        let store = KeyStore(station: folder)
        let keys = try keys()
        try store.tidy(keys)
        for key in keys { try store.check(key) }
        return try activeKey(among: keys).kid
    }

    func keys() throws(StationFailure) -> [KeyRecord] {
        try fromLedger { ledger throws(LedgerError) in try ledger.keys() }
    }

    /// The private key as PKCS#8 PEM, for a backup on paper. No command changes keys meanwhile.
    package func privatePEM(
        _ kid: KeyID, _ source: PassphraseSource, environment: SystemEnvironment
    ) throws(StationFailure) -> SecretBytes {
        let lock = try StationLock.take(
            folder, waitingUpTo: StationLock.commandSeconds, environment)
        _ = try folder.refuseIfWritable()
        let key = try KeyStore(station: folder).load(kid, source)
        withExtendedLifetime(lock) {}
        return try mappingKeyErrors(at: kid.description) { () throws(SigningError) in
            try PrivateKeyPEM.encode(key)
        }
    }
}
