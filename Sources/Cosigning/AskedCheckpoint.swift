import DurableFiles
import Failures
import SystemPackage
import TransparencyLog

/// What an auditor is asked to cosign: a checkpoint with the proof that it follows from an older one.
struct AskedCheckpoint {
    private let file: String
    private let update: CheckpointUpdate?
    let signed: SignedCheckpoint

    /// - Parameters:
    ///   - file: `-` is standard input.
    ///   - isFirst: a checkpoint alone will do, since there is none that it could follow from.
    init(readingFrom file: String, isFirst: Bool) throws(CommandFailure) {
        self.file = file
        let bytes = try Self.read(FilePath(file))
        if isFirst, !bytes.starts(with: "old ".utf8) {
            update = nil
            do throws(CheckpointError) { signed = try SignedCheckpoint(parsing: bytes) } catch {
                throw CommandFailure(.dataError, "\(file): no checkpoint: \(error)")
            }
            return
        }
        do throws(LogProofError) {
            let update = try CheckpointUpdate(parsing: bytes)
            self.update = update
            signed = update.checkpoint
        } catch {
            throw CommandFailure(
                .dataError,
                "\(file): not what 'coldmint log consistency' prints on the station: \(error)")
        }
    }

    private static func read(_ file: FilePath) throws(CommandFailure) -> [UInt8] {
        let limit = CheckpointUpdate.maximumByteCount + 1
        do throws(FileSystemError) {
            return try ReadableFile.rereadable(at: file, limit: limit).read(upTo: limit)
        } catch {
            throw CommandFailure(readingNamedFile: error)
        }
    }

    func refuseUnlessSigned(by logKeys: [NoteVerifier]) throws(CommandFailure) {
        let origin = signed.checkpoint.origin
        let own = logKeys.filter { $0.name == origin && $0.algorithm == .ed25519 }
        guard !own.isEmpty else {
            throw CommandFailure(
                .dataError,
                "\(file): of the log \(origin), and no key given with --log-key is of that name: ask "
                    + "the vendor, by another way, for what 'coldmint log checkpoint --vkey' prints"
            )
        }
        guard own.contains(where: signed.isSigned) else {
            throw CommandFailure(
                .dataError,
                "\(file): not signed by any key given with --log-key: it was altered, or the log has "
                    + "another key now: ask the vendor by another way, and keep the file")
        }
    }

    /// Refuses what does not follow from the checkpoint that was seen last.
    func refuseUnlessFollowing(
        _ last: borrowing SeenCheckpoint
    ) throws(CommandFailure) {
        guard let seen = last.signed?.checkpoint else { return }
        let seenFile = last.file
        let new = signed.checkpoint
        guard new.origin == seen.origin else {
            throw CommandFailure(
                .dataError,
                "\(file): of the log \(new.origin), and you saw \(seen.origin) last: after a loss a "
                    + "log goes on under a new name, so ask the vendor what was lost; to follow the "
                    + "new one, keep \(seenFile) elsewhere and give --first")
        }
        // The very one: cosigned already, and what came of it was perhaps lost.
        if new == seen { return }
        guard let update, update.oldSize == seen.size else {
            let size = update.map { "\($0.oldSize) entries" } ?? "no other"
            throw CommandFailure(
                .dataError,
                "\(file): shows what follows from \(size), and you saw \(seen.size) last: have "
                    + "'coldmint log consistency' run on the station with a copy of \(seenFile)")
        }
        guard update.isValid(oldRoot: seen.root) else {
            throw CommandFailure(
                .dataError,
                "\(file): the log shows another history than the one you saw: keep both files, this "
                    + "one and \(seenFile), and tell those who rely on you")
        }
    }
}
