import Bundling
import Ledger
import LicenseToken
import RFC3339
import Signing
import Spool
import SystemPackage

/// Makes a run's bundles from what the ledger says of it, as often as need be: the bytes are the
/// same each time.
struct Publishing {
    let station: OpenStation
    let run: RunRecord

    /// Publishes what is not yet recorded as published. What is wrong with one customer's place in
    /// the outbox does not keep the others from their bundles.
    ///
    /// - Returns: what could not be published, and why.
    func publishAll(
        signedBy kid: String, of keys: KeyRing, at time: Timestamp
    ) throws(StationFailure) -> [StationFailure] {
        let number = run.number
        let customers = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.unpublishedCustomers(ofRun: number)
        }
        guard !customers.isEmpty else { return [] }
        let key = try keys.key(kid, in: KeyStore(station: station.folder))
        var records: [BundleRecord] = []
        var failures: [StationFailure] = []
        for customer in customers {
            do throws(StationFailure) {
                let digest = try publish(try bundle(for: customer), signedBy: key.key)
                records.append(
                    BundleRecord(
                        run: number, customer: customer, sha256: digest.bytes,
                        publishedAt: time.secondsSinceEpoch))
            } catch {
                guard !error.isFinal, error.status != .tryAgain else { throw error }
                failures.append(error)
            }
        }
        if !records.isEmpty {
            try station.fromLedger { [records] ledger throws(LedgerError) in
                try ledger.add(records)
            }
        }
        return failures
    }

    /// All of the run's published bundles, as paths in the outbox.
    func published() throws(StationFailure) -> [String] {
        let number = run.number
        let customers = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.publishedCustomers(ofRun: number)
        }
        return customers.map { BundleName(customer: $0, run: number).path }
    }

    private func bundle(for customer: String) throws(StationFailure) -> LicenseBundle {
        let number = run.number
        let licenses = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.licenses(inBundleOf: number, customer: customer)
        }
        guard
            let issuedAt = Timestamp(secondsSinceEpoch: run.startedAt),
            let keys = try keySet(for: Set(licenses.map(\.kid)))
        else { throw damagedLedger() }
        var bundled: [BundledLicense] = []
        for license in licenses {
            guard let entry = BundledLicense(license) else { throw damagedLedger() }
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

    private func damagedLedger() -> StationFailure {
        StationFailure(
            .inputOutput,
            "\(station.folder.ledger): run \(run.number) names a key or a date that cannot be: "
                + "restore the ledger from a backup")
    }

    // MARK: - The file

    /// The tar appears in the outbox whole, verified and durable, or not at all.
    private func publish(
        _ bundle: LicenseBundle, signedBy key: borrowing SigningKey
    ) throws(StationFailure) -> SHA256Digest {
        let path = station.folder.resolve(station.configuration.outbox)
            .appending(bundle.name.customer)
        let place = path.appending(bundle.name.fileName)
        let folder = try onDisk { () throws(FileSystemError) in try Folder.ensure(path) }
        let draft = try onDisk { () throws(FileSystemError) in
            try DraftFile(for: FileName(bundle.name.fileName), in: folder)
        }
        var digest: SHA256Digest
        do throws(StationFailure) {
            digest = try write(bundle, to: draft, signedBy: key, place)
        } catch {
            try? draft.discard(in: folder)
            throw error
        }
        do throws(FileSystemError) {
            try draft.publish(in: folder)
        } catch {
            guard error.isTaken else { throw StationFailure(error) }
            digest = try digestOfSame(bundle, at: place, signedBy: key)
        }
        try onDisk { () throws(FileSystemError) in try folder.sync() }
        return digest
    }

    /// Writes the tar, then reads it back as its customer would.
    private func write(
        _ bundle: LicenseBundle, to draft: borrowing DraftFile, signedBy key: borrowing SigningKey,
        _ place: FilePath
    ) throws(StationFailure) -> SHA256Digest {
        let verified: VerifiedBundle
        do throws(BundleError) {
            try bundle.write(to: draft.descriptor, signedBy: key)
            verified = try VerifiedBundle(
                readingFrom: draft.descriptor, trusting: key.verificationKey)
        } catch {
            throw StationFailure(error, at: place.string)
        }
        guard bundle.hasLicenses(of: verified) else {
            throw StationFailure(
                .inputOutput, "\(place): read back, it lacks licenses of its run: check the disk")
        }
        return try digest { body throws(FileSystemError) in try draft.readBack(body) }
    }

    /// A bundle of this name can be there only because an earlier attempt was cut off right after
    /// it. Then it holds the same licenses, signed by the same key; its bytes are the same too,
    /// unless the vendor has given bundles another look in the meantime.
    ///
    /// - Returns: its digest.
    private func digestOfSame(
        _ bundle: LicenseBundle, at place: FilePath, signedBy key: borrowing SigningKey
    ) throws(StationFailure) -> SHA256Digest {
        let file = try onDisk { () throws(FileSystemError) in
            try ReadableFile.regular(at: place)
        }
        let earlier = try? VerifiedBundle(
            readingFrom: file.descriptor, trusting: key.verificationKey)
        guard let earlier, bundle.hasLicenses(of: earlier) else {
            throw StationFailure(
                .inputOutput,
                "\(place): another bundle of this name lies there, and names are never used twice: "
                    + "move it away, find out where it comes from, and run again")
        }
        return try digest { body throws(FileSystemError) in try file.forEachPiece(body) }
    }
}

extension LicenseBundle {
    fileprivate func hasLicenses(of other: VerifiedBundle) -> Bool {
        other.name == name.description
            && other.licenses.map(\.license.subject) == licenses.map(\.id.description)
    }
}

/// The digest of what `read` gives in pieces.
func digest(
    _ read: ((UnsafeRawBufferPointer) -> Void) throws(FileSystemError) -> Void
) throws(StationFailure) -> SHA256Digest {
    var hash = SHA256()
    try onDisk { () throws(FileSystemError) in try read { hash.update($0) } }
    return hash.finish()
}

/// Gives errors of the file system their exit status.
func onDisk<Result: ~Copyable>(
    _ body: () throws(FileSystemError) -> Result
) throws(StationFailure) -> Result {
    do throws(FileSystemError) {
        return try body()
    } catch {
        throw StationFailure(error)
    }
}

extension BundledLicense {
    fileprivate init?(_ license: LicenseRecord) {
        guard
            let id = LicenseID(license.id),
            let notBefore = Timestamp(secondsSinceEpoch: license.notBefore),
            let expiresAt = Timestamp(secondsSinceEpoch: license.expiresAt)
        else { return nil }
        self.init(
            id: id, name: license.name, description: license.description, notBefore: notBefore,
            expiresAt: expiresAt, kid: license.kid, token: license.token)
    }
}
