import DurableFiles
import Failures
import SystemPackage
import TransparencyLog

/// The file that has the checkpoint which an auditor saw last. All that a witness is worth hangs on it:
/// a log that shows another history later is found out by this file alone.
///
/// While the value lives nobody else can vouch by the same file: two at once would each compare with
/// the old checkpoint, and could vouch for two histories.
struct SeenCheckpoint: ~Copyable {
    let file: FilePath
    /// `nil` before the first one.
    let signed: SignedCheckpoint?
    private let lock: FileLock

    /// - Parameter isFirst: there must be no file yet.
    init(in file: FilePath, isFirst: Bool) throws(CommandFailure) {
        // Looked at before there is a lock, which leaves a file behind, and again with it.
        try Self.refuseUnlessFit(file, isFirst: isFirst)
        let lock = try Self.takeLock(beside: file)
        try Self.refuseUnlessFit(file, isFirst: isFirst)
        let signed = isFirst ? nil : try Self.read(file)
        self.file = file
        self.signed = signed
        self.lock = lock
    }

    private static func refuseUnlessFit(
        _ file: FilePath, isFirst: Bool
    ) throws(CommandFailure) {
        switch (try kind(of: file), isFirst) {
        case (.regular, false), (nil, true): break
        case (.regular, true):
            throw CommandFailure(
                .usage, "\(file): is there, so this is not the first time: leave --first out")
        case (nil, false):
            throw CommandFailure(
                .noInput,
                "\(file): the checkpoint that you saw last is not there: put it back; to trust "
                    + "a log for the first time, give --first")
        case (.symbolicLink, _):
            // Replaced through its link, the file would stay as it was.
            throw CommandFailure(
                .usage, "\(file): is a link: give --seen the file itself that it leads to")
        case (_, _):
            throw CommandFailure(
                .usage,
                "\(file): is no plain file: --seen takes the file that has the checkpoint which you "
                    + "saw last, and with --first one that is not there yet")
        }
    }

    private static func kind(of file: FilePath) throws(CommandFailure) -> FileStatus.Kind? {
        do throws(FileSystemError) {
            return try FileStatus(of: file, followingLinks: false).kind
        } catch {
            guard error.isMissing else { throw CommandFailure(error) }
            return nil
        }
    }

    /// The file itself cannot be locked: another one takes its place.
    private static func takeLock(beside file: FilePath) throws(CommandFailure) -> FileLock {
        guard let name = file.lastComponent else {
            throw CommandFailure(.usage, "--seen takes the name of a file")
        }
        let path = file.removingLastComponent().appending(".\(name.string).lock")
        do throws(FileSystemError) {
            if let lock = try FileLock.take(at: path) { return lock }
        } catch {
            guard error.isMissing else { throw CommandFailure(error) }
            throw CommandFailure(
                .cannotCreate, "\(file): the folder that it is to be in is not there: make it")
        }
        throw CommandFailure(
            .tryAgain,
            "\(path): another 'cosign' is at work with \(file): let it end, and run again; the "
                + "checkpoint may have to follow from a newer one then")
    }

    private static func read(_ file: FilePath) throws(CommandFailure) -> SignedCheckpoint {
        let bytes: [UInt8]
        do throws(FileSystemError) {
            bytes = try ReadableFile.regular(at: file)
                .read(upTo: SignedNote.maximumByteCount + 1)
        } catch {
            throw CommandFailure(readingNamedFile: error)
        }
        do throws(CheckpointError) {
            return try SignedCheckpoint(parsing: bytes)
        } catch {
            throw CommandFailure(.dataError, "\(file): no checkpoint: \(error)")
        }
    }

    /// Returns once the new one is there, whole and durable.
    borrowing func replace(with signed: SignedCheckpoint) throws(CommandFailure) {
        do throws(FileSystemError) {
            try DraftFile.replace(file, with: signed.bytes)
        } catch {
            throw CommandFailure(error)
        }
    }
}
