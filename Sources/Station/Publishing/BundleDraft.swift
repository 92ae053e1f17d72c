import Bundling
import DurableFiles
import LicenseToken
import Signing
import Spool
import SystemPackage

/// A bundle on its way into the outbox. Drafts are written beside each other, and made durable and
/// given their names one after the other, so that after a failed flush no other is tried.
final class BundleDraft {
    let bundle: LicenseBundle
    private let key: OpenedKey
    private let folder: Folder
    private let place: FilePath
    private var file: DraftFile?
    private var outcome: Result<SHA256Digest, StationFailure>?

    init(
        of bundle: LicenseBundle, signedBy key: OpenedKey, in outbox: FilePath
    ) throws(StationFailure) {
        let path = outbox.appending(bundle.name.customer)
        self.bundle = bundle
        self.key = key
        place = path.appending(bundle.name.fileName)
        folder = try onDisk { () throws(FileSystemError) in try Folder.ensure(path) }
        let name = FileName(bundle.name.fileName)
        do throws(FileSystemError) {
            file = try DraftFile(for: name, in: folder)
        } catch {
            throw StationFailure(error)
        }
    }

    /// Writes the tar, reads it back, and takes its digest; what goes wrong is said by `publish`.
    func write() {
        outcome = Result { () throws(StationFailure) in try writtenDigest() }
    }

    private func writtenDigest() throws(StationFailure) -> SHA256Digest {
        do throws(BundleError) {
            try bundle.write(to: file?.descriptor ?? -1, signedBy: key.key)
        } catch {
            throw StationFailure(error, at: place.string)
        }
        return try digest { body throws(FileSystemError) in try file?.readBack(body) }
    }

    /// The tar appears in the outbox whole, verified and durable, or not at all.
    ///
    /// - Returns: its digest.
    func publish() throws(StationFailure) -> SHA256Digest {
        if outcome == nil { write() }
        guard let outcome, let file = file.take() else {
            throw StationFailure(.inputOutput, "\(place): it was published already")
        }
        var digest: SHA256Digest
        do throws(StationFailure) {
            digest = try outcome.get()
        } catch {
            try? file.discard(in: folder)
            throw error
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

    /// A bundle of this name can be there only because an earlier attempt was cut off right after
    /// it. Then it holds the same licenses, signed by the same key; its bytes are the same too,
    /// unless the vendor has given bundles another look in the meantime.
    private func digestOfSame() throws(StationFailure) -> SHA256Digest {
        let file = try onDisk { () throws(FileSystemError) in
            try ReadableFile.regular(at: place)
        }
        let earlier = try? VerifiedBundle(
            readingFrom: file.descriptor, trusting: key.key.verificationKey)
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
