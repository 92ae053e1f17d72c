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
        let faults = try fromLedger { ledger throws(LedgerError) in try ledger.keyStatementFaults()
        }
        if let fault = faults.first {
            throw StationFailure(
                .inputOutput, "\(folder.ledger): \(fault): restore the ledger from a backup")
        }
        return try activeKey(among: keys).kid
    }

    func keys() throws(StationFailure) -> [KeyRecord] {
        try fromLedger { ledger throws(LedgerError) in try ledger.keys() }
    }

    /// The private key as PKCS#8 PEM, for a backup on paper. No command changes keys meanwhile. That
    /// it leaves the station is recorded first.
    package func privatePEM(
        _ kid: KeyID, _ source: PassphraseSource, environment: SystemEnvironment
    ) throws(StationFailure) -> SecretBytes {
        let lock = try StationLock.take(
            folder, waitingUpTo: StationLock.commandSeconds, environment)
        _ = try folder.refuseIfWritable()
        let key = OpenedKey(try KeyStore(station: folder).load(kid, source))
        let station = try OpenStation(
            folder, configuration: configuration, with: lock, environment)
        try station.recordExport(of: kid, key, environment)
        withExtendedLifetime(lock) {}
        return try mappingKeyErrors(at: kid.description) { () throws(SigningError) in
            try PrivateKeyPEM.encode(key.key)
        }
    }

    /// The active key signs the log's head at once, so that the next run puts it into the outbox.
    private func recordExport(
        of kid: KeyID, _ key: OpenedKey, _ environment: SystemEnvironment
    ) throws(StationFailure) {
        let event = StationEventRecord(
            kind: .privateKeyExported, time: try environment.now(), reason: kid.description)
        let isActive = try activeKey().kid == kid
        let signer = try HeadSigner(key, issuer: configuration.issuer, environment)
        try fromLedger { ledger throws(LedgerError) in
            try ledger.withTransaction { transaction throws(LedgerError) in
                try transaction.record(event)
                if isActive { try transaction.signHead(by: signer) }
            }
        }
    }
}
