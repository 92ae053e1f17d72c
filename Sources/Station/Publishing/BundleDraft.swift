import Bundles
import Bundling
import DurableFiles
import Failures
import Ledger
import LicenseToken
import Signatures
import Signing
import SystemPackage

/// A bundle on its way into the outbox.
final class BundleDraft {
    private let licenses: BundleLicenses
    private let head: BundleHead
    private let keys: BundleKeys
    private let key: OpenedKey
    private let folder: Folder
    private let path: FilePath
    /// `nil` once it was published or discarded.
    private var file: DraftFile?
    private var writtenDigest: Result<SHA256Digest, StationFailure>?

    init(
        of licenses: BundleLicenses, with evidence: LogEvidence?, signedBy key: OpenedKey,
        of station: OpenStation
    ) throws(StationFailure) {
        let run = licenses.run
        keys = BundleKeys(of: run, of: station)
        self.licenses = licenses
        self.key = key
        head = BundleHead(
            name: BundleName(customer: licenses.customer, run: run.number), issuer: run.issuer,
            issuedAt: run.startedAt, presentation: station.presentation,
            log: evidence, keyStatement: try keys.statement())
        let outbox = station.folder.resolve(station.configuration.outbox)
        path = outbox.appending(head.name.customer).appending(head.name.fileName)
        do throws(FileSystemError) {
            // Whoever can write to the outbox may have put a link in the customer's place.
            folder = try Folder(opening: outbox).ensure(FileName(head.name.customer))
            file = try DraftFile(for: FileName(head.name.fileName), in: folder)
        } catch {
            throw StationFailure(error)
        }
    }

    /// Writes the tar and reads it back; what goes wrong is said by `publish`.
    func write() {
        writtenDigest = Result { () throws(StationFailure) in
            guard let descriptor = file?.descriptor else { throw publishedAlready() }
            return try write(to: descriptor)
        }
    }

    /// The licenses are read twice where they are many: for what the bundle says of all of them,
    /// and to be written.
    private func write(to descriptor: Int32) throws(StationFailure) -> SHA256Digest {
        var outline = BundleOutline(head)
        try licenses.forEachPortion { records throws(StationFailure) in
            try writing { () throws(BundleError) in
                for record in records { try outline.add(record.license) }
            }
        }
        let keySet = try keys.keySet(for: outline.kids)
        var writer = try writing { () throws(BundleError) in
            try BundleWriter(
                outline, keys: keySet, signedBy: key.key.verificationKey, to: descriptor)
        }
        while case let places = writer.nextLicenses(limit: BundleLicenses.portion), !places.isEmpty
        {
            let records = try licenses.licenses(at: places)
            for record in records { try keys.verify(record, with: keySet) }
            try writing { () throws(BundleError) in
                for record in records { try writer.add(record.license) }
            }
        }
        do throws(BundleError) {
            return try writer.finish(signedBy: key.key)
        } catch {
            throw StationFailure(error, at: path.string)
        }
    }

    private func writing<Result: ~Copyable>(
        _ body: () throws(BundleError) -> Result
    ) throws(StationFailure) -> Result {
        do throws(BundleError) {
            return try body()
        } catch {
            throw StationFailure(error, at: path.string)
        }
    }

    /// The tar appears in the outbox whole, verified and durable, or not at all.
    ///
    /// - Returns: its digest.
    func publish() throws(StationFailure) -> SHA256Digest {
        if writtenDigest == nil { write() }
        guard let writtenDigest, let file = file.take() else { throw publishedAlready() }
        var digest: SHA256Digest
        switch writtenDigest {
        case .success(let written): digest = written
        case .failure(let failure):
            // Why the draft stays is thrown away: the next attempt overwrites it.
            try? file.discard(in: folder)
            throw failure
        }
        do throws(FileSystemError) {
            try file.publish(in: folder)
        } catch {
            guard error.isTaken else { throw StationFailure(error) }
            digest = try digestOfSame()
        }
        try onDisk { () throws(FileSystemError) in try folder.sync() }
        return digest
    }

    private func publishedAlready() -> StationFailure {
        StationFailure(.inputOutput, "\(path): it was published already")
    }

    /// A bundle of this name can be there only because an earlier attempt was cut off right after
    /// it. Then it holds the same licenses, signed by the same key; its bytes are the same too,
    /// unless the vendor has given bundles another look in the meantime.
    private func digestOfSame() throws(StationFailure) -> SHA256Digest {
        let file = try onDisk { () throws(FileSystemError) in
            try ReadableFile.regular(at: path)
        }
        let earlier: VerifiedBundle
        do throws(BundleError) {
            earlier = try VerifiedBundle(
                readingFrom: file.descriptor, trusting: key.key.verificationKey)
        } catch {
            throw anotherBundle(error)
        }
        guard
            earlier.name == head.name.description,
            try licenses.have(subjects: earlier.licenses.map(\.license.subject))
        else { throw anotherBundle(.contradiction("other licenses")) }
        return try onDisk { () throws(FileSystemError) in
            try digest { body throws(FileSystemError) in try file.forEachPiece(body) }
        }
    }

    private func anotherBundle(_ error: BundleError) -> StationFailure {
        if case .inputOutput = error { return StationFailure(error, at: path.string) }
        return StationFailure(
            .inputOutput,
            "\(path): another bundle of this name lies there, and names are never used twice: "
                + "move it away, find out where it comes from, and run again", cause: .bundle(error)
        )
    }
}

/// The digest of what `read` gives in pieces.
func digest(
    _ read: ((UnsafeRawBufferPointer) -> Void) throws(FileSystemError) -> Void
) throws(FileSystemError) -> SHA256Digest {
    var hash = SHA256()
    try read { hash.update($0) }
    return hash.finish()
}
