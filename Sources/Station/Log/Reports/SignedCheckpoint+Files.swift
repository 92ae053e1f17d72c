import Bundles
import DurableFiles
import Failures
import SystemPackage
import TransparencyLog

extension SignedCheckpoint {
    /// Reads a file that somebody has named, a checkpoint or a bundle with one; `-` is standard input.
    init(readingFrom file: FilePath) throws(StationFailure) {
        let limit = SignedNote.maximumByteCount + 1
        let input = try Self.open(file, upTo: limit)
        let bytes = try onDisk { () throws(FileSystemError) in try input.read(upTo: limit) }
        if VerifiedBundle.canBegin(with: Array(bytes.prefix(ReadableFile.startByteCount))) {
            self = try Self.checkpoint(inBundle: input, file)
            return
        }
        do throws(CheckpointError) {
            try self.init(parsing: bytes)
        } catch {
            throw StationFailure(.dataError, "\(file): no checkpoint: \(error)")
        }
    }

    private static func open(
        _ file: FilePath, upTo limit: Int
    ) throws(StationFailure) -> ReadableFile {
        do throws(FileSystemError) {
            return try ReadableFile.rereadable(at: file) {
                VerifiedBundle.canBegin(with: $0) ? .max : limit
            }
        } catch {
            throw StationFailure(readingNamedFile: error)
        }
    }

    private static func checkpoint(
        inBundle bundle: borrowing ReadableFile, _ file: FilePath
    ) throws(StationFailure) -> SignedCheckpoint {
        let facts: BundleLogFacts?
        do throws(BundleError) {
            facts = try VerifiedBundle(readingFrom: bundle.descriptor).log
        } catch {
            throw StationFailure(.dataError, "\(file): not a sound bundle: \(error)")
        }
        guard let facts else {
            throw StationFailure(
                .dataError, "\(file): a bundle from before there was a log: it has no checkpoint")
        }
        return facts.checkpoint
    }
}
