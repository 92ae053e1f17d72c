import Bundling
import CalendarTime
import Ledger
import LicenseToken
import Signing

extension BundlePublisher {
    /// What the ledger says that a customer's bundle holds.
    func bundle(for customer: String) throws(StationFailure) -> LicenseBundle {
        let number = run.number
        let licenses = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.licenses(inBundleOf: number, customer: customer)
        }
        guard
            let issuedAt = Timestamp(secondsSinceEpoch: run.startedAt),
            let keys = try keySet(for: Set(licenses.map(\.kid)))
        else { throw damagedLedger() }
        let issuers = try issuers(of: licenses)
        var bundled: [BundledLicense] = []
        bundled.reserveCapacity(licenses.count)
        for license in licenses {
            guard
                let issuer = issuers[license.run],
                let digest = Self.tokenDigest(of: license, keys),
                let entry = BundledLicense(license, issuer: issuer, digest)
            else { throw damagedLedger() }
            bundled.append(entry)
        }
        return LicenseBundle(
            name: BundleName(customer: customer, run: number), issuer: run.issuer,
            issuedAt: issuedAt, licenses: bundled, keys: keys,
            presentation: station.configuration.presentation)
    }

    /// The keys that the run hands out and those that the licenses need, the one that signs the
    /// bundle first.
    private func keySet(for kids: Set<String>) throws(StationFailure) -> JWKSet? {
        let number = run.number
        let (all, own) = try station.fromLedger { ledger throws(LedgerError) in
            (try ledger.keys(), try ledger.keys(ofRun: number))
        }
        let needed = kids.union([run.kid])
        let wanted = needed.union(own.map(\.kid))
        let keys = all.filter { wanted.contains($0.kid) }
            .sorted { $0.kid == run.kid && $1.kid != run.kid }
            .compactMap { try? VerificationKey(bytes: $0.publicKey) }
        return keys.count == wanted.count ? JWKSet(keys.map(JWK.init)) : nil
    }

    /// By run; all of them the run's own, unless it delivers licenses of earlier ones.
    private func issuers(of licenses: [LicenseRecord]) throws(StationFailure) -> [Int64: String] {
        guard licenses.contains(where: { $0.run != run.number }) else {
            return [run.number: run.issuer]
        }
        let runs = try station.fromLedger { ledger throws(LedgerError) in try ledger.runs() }
        return Dictionary(uniqueKeysWithValues: runs.map { ($0.number, $0.issuer) })
    }

    /// The digest that was taken when the token was verified, or is taken now that it is.
    private static func tokenDigest(of license: LicenseRecord, _ keys: JWKSet) -> SHA256Digest? {
        if let bytes = license.tokenSHA256 { return SHA256Digest(bytes: bytes) }
        guard (try? LicenseVerifier(keys: keys, issuer: nil).authenticate(license.token)) != nil
        else { return nil }
        return SHA256Digest(of: license.token.utf8)
    }

    private func damagedLedger() -> StationFailure {
        StationFailure(
            .inputOutput,
            "\(station.folder.ledger): run \(run.number) names a key, a date or a token that cannot be: "
                + "restore the ledger from a backup")
    }
}

extension BundledLicense {
    fileprivate init?(_ license: LicenseRecord, issuer: String, _ tokenDigest: SHA256Digest) {
        guard
            let id = LicenseID(license.id),
            let notBefore = Timestamp(secondsSinceEpoch: license.notBefore),
            let expiresAt = Timestamp(secondsSinceEpoch: license.expiresAt)
        else { return nil }
        self.init(
            id: id, name: license.name, description: license.description, issuer: issuer,
            notBefore: notBefore, expiresAt: expiresAt, kid: license.kid, token: license.token,
            tokenDigest: tokenDigest)
    }
}
