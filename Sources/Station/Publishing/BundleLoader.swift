import Bundling
import Ledger
import LicenseToken

/// Reads from the ledger what the bundles of a run hold.
struct BundleLoader {
    let station: OpenStation
    let run: RunRecord
    let hasDeliveries: Bool

    func bundle(for customer: String) throws(StationFailure) -> LicenseBundle {
        let (number, hasDeliveries) = (run.number, hasDeliveries)
        let records = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.licenses(
                inBundleOf: number, customer: customer, hasDeliveries: hasDeliveries)
        }
        let keys = try keySet(for: Set(records.map(\.license.kid)))
        for record in records where !record.hasVerifiedDigest { try verify(record, keys) }
        return LicenseBundle(
            name: BundleName(customer: customer, run: number), issuer: run.issuer,
            issuedAt: run.startedAt, licenses: records.map(\.license), keys: keys,
            presentation: station.configuration.presentation)
    }

    /// The keys that the run hands out and those that the licenses need, the one that signs the
    /// bundle first.
    private func keySet(for kids: Set<KeyID>) throws(StationFailure) -> JWKSet {
        let number = run.number
        let (all, own) = try station.fromLedger { ledger throws(LedgerError) in
            (try ledger.keys(), try ledger.keys(ofRun: number))
        }
        let wanted = kids.union([run.kid]).union(own.map(\.kid))
        let keys = all.filter { wanted.contains($0.kid) }
            .sorted { $0.kid == run.kid && $1.kid != run.kid }
        guard keys.count == wanted.count else {
            throw damagedLedger("names a key that is not in it")
        }
        return JWKSet(keys.map { JWK($0.publicKey) })
    }

    /// A license from before digests were recorded is verified now.
    private func verify(_ record: LicenseRecord, _ keys: JWKSet) throws(StationFailure) {
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
