import CalendarTime
import DurableFiles
import Failures
import Signatures
import Signing
import Tar

/// Writes the files of a backup, one after the other, and at last their checksums.
struct BackupWriter: ~Copyable {
    private let draft: DraftFile
    private let time: Timestamp
    private var byteCount: Int64 = 0
    private var checksums: [UInt8] = []

    init(_ draft: consuming DraftFile, time: Timestamp) {
        self.draft = draft
        self.time = time
    }

    mutating func addFolder(_ path: String) throws(StationFailure) {
        try addHeader(path, .folder, size: 0)
    }

    mutating func addFile(_ path: String, _ bytes: [UInt8]) throws(StationFailure) {
        try addHeader(path, .file, size: Int64(bytes.count))
        try write(bytes)
        try endFile(path, SHA256Digest(of: bytes))
    }

    /// A file whose bytes are in guarded memory, and stay there.
    mutating func addFile(
        _ path: String, secret: borrowing SecretBytes
    ) throws(StationFailure) {
        try addHeader(path, .file, size: Int64(secret.count))
        do throws(FileSystemError) {
            try secret.withUnsafeBytes { bytes throws(FileSystemError) in try draft.write(bytes) }
        } catch {
            throw StationFailure(error)
        }
        byteCount += Int64(secret.count)
        try endFile(path, SHA256Digest(ofSecret: secret))
    }

    /// A file that is copied piece by piece.
    mutating func addFile(
        _ path: String, copying file: borrowing ReadableFile
    ) throws(StationFailure) {
        let size = try onDisk { () throws(FileSystemError) in try file.status().size }
        try addHeader(path, .file, size: Int64(size))
        let digest = try file.copy(from: 0, count: size) { piece throws(StationFailure) in
            try write(piece)
        }
        guard let digest else {
            throw StationFailure(
                .inputOutput, "\(draft.draftPath): a file became shorter while it was copied")
        }
        try endFile(path, digest)
    }

    /// Writes the checksums and the end of the tar.
    consuming func finish() throws(StationFailure) -> DraftFile {
        let checksums = checksums
        try addHeader(BackupFormat.checksums, .file, size: Int64(checksums.count))
        try write(checksums)
        try pad(TarHeader.paddingByteCount(behind: byteCount))
        try pad(TarHeader.endByteCount(behind: byteCount))
        return draft
    }

    private mutating func addHeader(
        _ path: String, _ kind: TarHeader.Kind, size: Int64
    ) throws(StationFailure) {
        let header = TarHeader(
            path: path, kind: kind, size: size, time: time.secondsSinceEpoch, access: .owner)
        guard let block = header.encoded() else {
            throw StationFailure(
                .inputOutput, "\(draft.draftPath): a tar has no room for \(path)")
        }
        try write(block)
    }

    private mutating func endFile(
        _ path: String, _ digest: SHA256Digest
    ) throws(StationFailure) {
        try pad(TarHeader.paddingByteCount(behind: byteCount))
        checksums += BackupFormat.checksumLine(path, digest)
    }

    private mutating func pad(_ count: Int) throws(StationFailure) {
        try write([UInt8](repeating: 0, count: count))
    }

    private mutating func write(_ bytes: [UInt8]) throws(StationFailure) {
        do throws(FileSystemError) {
            try draft.write(bytes)
        } catch {
            throw StationFailure(error)
        }
        byteCount += Int64(bytes.count)
    }
}
