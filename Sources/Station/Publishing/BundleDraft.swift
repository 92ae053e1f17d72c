import Bundling
import DurableFiles
import LicenseToken
import Signing
import SystemPackage

/// A bundle on its way into the outbox.
final class BundleDraft {
    let bundle: LicenseBundle
    private let key: OpenedKey
    private let folder: Folder
    private let path: FilePath
    /// `nil` once it was published or discarded.
    private var file: DraftFile?
    private var writtenDigest: Result<SHA256Digest, StationFailure>?

    init(
        of bundle: LicenseBundle, signedBy key: OpenedKey, in outbox: FilePath
    ) throws(StationFailure) {
        let customerFolder = outbox.appending(bundle.name.customer)
        self.bundle = bundle
        self.key = key
        path = customerFolder.appending(bundle.name.fileName)
        do throws(FileSystemError) {
            // Whoever can write to the outbox may have put a link in the customer's place.
            folder = try Folder(opening: outbox).ensure(FileName(bundle.name.customer))
            file = try DraftFile(for: FileName(bundle.name.fileName), in: folder)
        } catch {
            throw StationFailure(error)
        }
    }

    /// Writes the tar and reads it back; what goes wrong is said by `publish`.
    func write() {
        writtenDigest = Result { () throws(StationFailure) in
            guard let descriptor = file?.descriptor else { throw publishedAlready() }
            do throws(BundleError) {
                return try bundle.write(to: descriptor, signedBy: key.key)
            } catch {
                throw StationFailure(error, at: path.string)
            }
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
        do throws(BundleError) {
            let earlier = try VerifiedBundle(
                readingFrom: file.descriptor, trusting: key.key.verificationKey)
            guard bundle.hasLicenses(of: earlier) else { throw .contradiction("other licenses") }
        } catch {
            throw anotherBundle(error)
        }
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

extension LicenseBundle {
    fileprivate func hasLicenses(of other: VerifiedBundle) -> Bool {
        other.name == name.description
            && other.licenses.map(\.license.subject) == licenses.map(\.id.description)
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
