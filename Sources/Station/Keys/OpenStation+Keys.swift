import Ledger
import LicenseToken
import Signing

extension OpenStation {
    func activeKey() throws(StationFailure) -> KeyRecord {
        guard let key = try fromLedger({ ledger throws(LedgerError) in try ledger.activeKey() })
        else {
            throw StationFailure(.configuration, "\(folder.ledger): there is no active key in it")
        }
        return key
    }

    func tidyKeys() throws(StationFailure) {
        let keys = try fromLedger { ledger throws(LedgerError) in try ledger.keys() }
        try KeyStore(station: folder).tidy(keys)
    }

    /// Brings the folder of keys in line with the ledger before a run.
    ///
    /// - Returns: the thumbprint of the key that signs.
    func prepareKeys() throws(StationFailure) -> KeyID {
        try tidyKeys()
        try checkKeys()
        return try activeKey().kid
    }

    /// Every key that is not retired must have its own private half here: whatever the ledger calls
    /// a key goes out in bundles, and customers believe it.
    private func checkKeys() throws(StationFailure) {
        let store = KeyStore(station: folder)
        for key in try fromLedger({ ledger throws(LedgerError) in try ledger.keys() }) {
            try store.check(key)
        }
    }
}
