import Failures
import Ledger
import LicenseToken

/// The keys that a run's bundles hand out.
struct BundleKeys {
    private let station: OpenStation
    private let run: RunRecord

    init(of run: RunRecord, of station: OpenStation) {
        self.run = run
        self.station = station
    }

    /// The keys that the run hands out and those that the licenses need, the one that signs the
    /// bundle first.
    func keySet(for kids: Set<KeyID>) throws(StationFailure) -> JWKSet {
        let number = run.number
        let (all, handedOut) = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.keys(ofRun: number)
        }
        let wanted = kids.union([run.kid]).union(handedOut)
        let keys = all.filter { wanted.contains($0.kid) }
            .sorted { $0.kid == run.kid && $1.kid != run.kid }
        guard keys.count == wanted.count else {
            throw damagedLedger("names a key that is not in it")
        }
        return JWKSet(keys.map { JWK($0.publicKey) })
    }

    /// What customers learn the run's key from, where there was one before it.
    func statement() throws(StationFailure) -> KeySetStatement? {
        let run = run
        let text = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.keyStatement(ofRun: run)
        }
        do throws(TokenError) {
            return try text.map { text throws(TokenError) in try KeySetStatement(parsing: text) }
        } catch {
            throw damagedLedger("has a key whose statement cannot be read: \(error)")
        }
    }

    /// A license from before digests were recorded is verified now.
    func verify(_ record: LicenseRecord, with keys: JWKSet) throws(StationFailure) {
        guard !record.hasVerifiedDigest else { return }
        do throws(TokenError) {
            _ = try LicenseVerifier(keys: keys, issuer: nil).authenticate(record.license.token)
        } catch {
            throw damagedLedger("holds the license \(record.id), of whose token \(error)")
        }
    }

    private func damagedLedger(_ what: String) -> StationFailure {
        StationFailure(
            .inputOutput,
            "\(station.folder.ledger): run \(run.number) \(what): restore the ledger from a backup")
    }
}
