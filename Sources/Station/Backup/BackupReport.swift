import Failures
import Ledger
package import LicenseToken

/// What a backup holds.
package struct BackupReport: Sendable, Equatable {
    package let licenseCount: Int
    /// `nil` before the first run.
    package let lastRun: Int64?
    package let activeKey: KeyID
    /// Whether a passphrase is needed for every private key in it.
    package let areKeysEncrypted: Bool
    /// How many people may ask; `nil` where nobody has to sign.
    package let peopleCount: Int?

    /// - Throws: where there is no active key, without which no station can sign.
    init(
        _ summary: LedgerSummary, of keys: [KeyRecord], in store: KeyStore, peopleCount: Int?
    ) throws(StationFailure) {
        guard let activeKey = keys.first(where: { $0.state == .active })?.kid else {
            throw StationFailure(
                .configuration, "\(store.station.ledger): there is no active key in it")
        }
        licenseCount = summary.licenseCount
        lastRun = summary.lastRun
        self.activeKey = activeKey
        self.peopleCount = peopleCount
        var areKeysEncrypted = true
        for key in keys where key.state != .retired {
            if try !store.isEncrypted(key.kid) { areKeysEncrypted = false }
        }
        self.areKeysEncrypted = areKeysEncrypted
    }
}
