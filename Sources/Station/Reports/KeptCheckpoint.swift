import Bundles
import DurableFiles
import Failures
import Ledger
import Signatures
import SystemPackage
import TransparencyLog

/// A checkpoint that was kept outside of the station, alone or in a bundle.
struct KeptCheckpoint {
    /// The bundle that it came in, with the digest of the file.
    struct Bundle {
        let name: BundleName
        let digest: SHA256Digest
    }

    /// As it was named.
    let file: String
    let signed: SignedCheckpoint
    let bundle: Bundle?

    /// - Parameter file: a path; `-` is standard input.
    init(readingFrom file: String) throws(StationFailure) {
        self.file = file
        let input = try Self.open(file)
        let start: [UInt8]
        do throws(FileSystemError) {
            start = try input.read(upTo: SignedNote.maximumByteCount + 1)
        } catch {
            throw StationFailure(readingNamedFile: error)
        }
        if Self.isBundle(start) {
            (signed, bundle) = try Self.contents(ofBundle: input, file)
        } else {
            (signed, bundle) = (try Self.checkpoint(start, file), nil)
        }
    }

    /// How many entries the log had.
    var entryCount: Int64 { signed.checkpoint.size }

    private static func open(_ file: String) throws(StationFailure) -> ReadableFile {
        do throws(FileSystemError) {
            return try ReadableFile.rereadable(at: FilePath(file)) { start in
                isBundle(start) ? .max : SignedNote.maximumByteCount + 1
            }
        } catch {
            throw StationFailure(readingNamedFile: error)
        }
    }

    private static func checkpoint(
        _ bytes: [UInt8], _ file: String
    ) throws(StationFailure) -> SignedCheckpoint {
        do throws(CheckpointError) {
            return try SignedCheckpoint(parsing: bytes)
        } catch {
            throw StationFailure(
                .dataError,
                "\(file): neither a bundle nor a checkpoint: \(error): give what lay in the outbox "
                    + "as 'checkpoint', or a bundle's tar")
        }
    }

    private static func contents(
        ofBundle input: borrowing ReadableFile, _ file: String
    ) throws(StationFailure) -> (SignedCheckpoint, Bundle) {
        let verified: VerifiedBundle
        do throws(BundleError) {
            verified = try VerifiedBundle(readingFrom: input.descriptor)
        } catch {
            if case .inputOutput = error { throw StationFailure(error, at: file) }
            throw StationFailure(
                .dataError, "\(file): not a sound bundle: \(error)", cause: .bundle(error))
        }
        guard let log = verified.log,
            let name = BundleName(fileName: "\(verified.name).tar", customer: verified.customer)
        else {
            throw StationFailure(
                .dataError,
                "\(file): there is no checkpoint in this bundle: it was made before there was a log"
            )
        }
        var hash = SHA256()
        do throws(FileSystemError) {
            try input.forEachPiece { hash.update($0) }
        } catch {
            throw StationFailure(readingNamedFile: error)
        }
        return (log.checkpoint, Bundle(name: name, digest: hash.finish()))
    }

    private static func isBundle(_ start: [UInt8]) -> Bool {
        VerifiedBundle.canBegin(with: Array(start.prefix(ReadableFile.startByteCount)))
    }
}
