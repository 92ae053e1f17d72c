import Ledger
import LicenseToken
import Signatures
import Signing

extension HeadSigner {
    init(
        _ key: OpenedKey, issuer: String, _ environment: SystemEnvironment
    ) throws(StationFailure) {
        self.init(
            issuer: issuer, publicKey: key.key.verificationKey,
            seed: try environment.randomBytes(Self.seedByteCount)
        ) { key.key.sign($0) }
    }
}

extension RunContext {
    /// Opens the key that signs the log's head for a run.
    func headSigner(_ kid: KeyID, issuer: String) throws(StationFailure) -> HeadSigner {
        try HeadSigner(
            try keys.key(kid, in: KeyStore(station: station.folder)), issuer: issuer, environment)
    }

    /// Enters the bundles of a run into the log and signs its head, where that is still to be done:
    /// a run that was cut off may have been killed before.
    func seal(_ run: RunRecord) throws(StationFailure) {
        let needsHead = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.needsHead(run)
        }
        guard needsHead else { return }
        let signer = try headSigner(run.kid, issuer: run.issuer)
        try station.fromLedger { ledger throws(LedgerError) in
            try ledger.withTransaction { transaction throws(LedgerError) in
                try transaction.seal(run, by: signer)
            }
        }
    }
}
