import DurableFiles
import Failures
import SystemPackage
import TransparencyLog

/// The file that has the checkpoint which an auditor saw last. All that a witness is worth hangs on it:
/// a log that shows another history later is found out by this file alone.
struct SeenCheckpoint {
    let file: FilePath
    /// `nil` before the first one.
    let checkpoint: Checkpoint?

    init(in file: FilePath) throws(CommandFailure) {
        self.file = file
        let bytes: [UInt8]
        do throws(FileSystemError) {
            bytes = try ReadableFile.regular(at: file, followingLinks: true)
                .read(upTo: SignedNote.maximumByteCount + 1)
        } catch {
            guard error.isMissing else { throw CommandFailure(error) }
            checkpoint = nil
            return
        }
        checkpoint = try Self.parse(bytes, file)
    }

    private static func parse(
        _ bytes: [UInt8], _ file: FilePath
    ) throws(CommandFailure) -> Checkpoint {
        do throws(CheckpointError) {
            return try SignedCheckpoint(parsing: bytes).checkpoint
        } catch {
            throw CommandFailure(.dataError, "\(file): no checkpoint: \(error)")
        }
    }

    /// Returns once the new one is there, whole and durable.
    func replace(with signed: SignedCheckpoint) throws(CommandFailure) {
        do throws(FileSystemError) {
            try DraftFile.replace(file, with: signed.bytes)
        } catch {
            throw CommandFailure(error)
        }
    }
}
