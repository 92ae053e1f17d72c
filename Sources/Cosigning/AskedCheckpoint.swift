import DurableFiles
import Failures
import SystemPackage
import TransparencyLog

/// What an auditor is asked to cosign: a checkpoint with the proof that it follows from an older one.
struct AskedCheckpoint {
    /// For messages.
    let file: String
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
            guard error.errno != .isDirectory else {
                throw CommandFailure(
                    .dataError,
                    "\(file): is a folder: give the file with what 'coldmint log consistency' printed"
                )
            }
            throw CommandFailure(readingNamedFile: error)
        }
    }

    func refuseUnlessSigned(by logKeys: [NoteVerifier]) throws(CommandFailure) {
        let origin = signed.checkpoint.origin
        let own = logKeys.filter { $0.algorithm == .ed25519 && isSame($0.name, origin) }
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
    ///
    /// - Parameter logKeys: have signed this one.
    func refuseUnlessFollowing(
        _ last: borrowing SeenCheckpoint, by logKeys: [NoteVerifier]
    ) throws(CommandFailure) {
        guard let seen = last.signed else { return }
        try refuseOtherLog(seen.checkpoint, in: last.file)
        // The very one: cosigned already, and what came of it was perhaps lost.
        if signed.checkpoint == seen.checkpoint { return }
        try refuseOtherHistory(seen, in: last.file, logKeys)
        try refuseUnlessProven(seen.checkpoint, in: last.file)
    }

    private func refuseOtherLog(
        _ seen: Checkpoint, in seenFile: FilePath
    ) throws(CommandFailure) {
        let origin = signed.checkpoint.origin
        guard !isSame(origin, seen.origin) else { return }
        throw CommandFailure(
            .dataError,
            "\(file): of the log \(origin), and you saw \(seen.origin) last: after a loss a "
                + "log goes on under a new name, so ask the vendor what was lost; to follow the "
                + "new one, keep \(seenFile) elsewhere and give --first")
    }

    /// Two heads of one size need no proof, whatever the update says that it follows from.
    private func refuseOtherHistory(
        _ seen: SignedCheckpoint, in seenFile: FilePath, _ logKeys: [NoteVerifier]
    ) throws(CommandFailure) {
        let new = signed.checkpoint
        guard new.size == seen.checkpoint.size, new.root != seen.checkpoint.root else { return }
        // The file may have been spoilt since it was cosigned.
        guard logKeys.contains(where: seen.isSigned) else {
            throw CommandFailure(
                .dataError,
                "\(file): has \(new.size) entries, as \(seenFile) has, and another root; but "
                    + "\(seenFile) is not signed by any key given with --log-key: compare it with your "
                    + "copy of it, and give the keys that the log had then as well")
        }
        throw CommandFailure(
            .dataError,
            "\(file): the log has two histories: this checkpoint has \(new.size) entries, as the one "
                + "you saw, and another root, and a key of the log's has signed both. Keep both files, "
                + "this one and \(seenFile): together they prove it to anybody. Cosign no more, and "
                + "tell those who rely on you")
    }

    private func refuseUnlessProven(
        _ seen: Checkpoint, in seenFile: FilePath
    ) throws(CommandFailure) {
        guard let update, update.oldSize == seen.size else {
            let size = update.map { "\($0.oldSize) entries" } ?? "no other"
            throw CommandFailure(
                .dataError,
                "\(file): shows what follows from \(size), and you saw \(seen.size) last: have "
                    + "'coldmint log consistency' run on the station with a copy of \(seenFile)")
        }
        // Nobody has signed the proof: one that is wrong may just be spoilt.
        guard update.isValid(oldRoot: seen.root) else {
            throw CommandFailure(
                .dataError,
                "\(file): the proof does not lead from what you saw, \(seenFile), to this checkpoint: "
                    + "have it made again, with 'coldmint log consistency' and a copy of \(seenFile). "
                    + "Where that does not help, the log has perhaps another history than the one "
                    + "you saw: keep both files, and tell those who rely on you")
        }
    }
}

/// By bytes: strings that differ in them can still be equal in Swift.
private func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8)
}
