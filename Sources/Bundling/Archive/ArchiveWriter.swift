import Bundles
import CalendarTime
import Signatures
import Tar

/// Writes a tar in the POSIX ustar form: owner 0, fixed modes, one time for all entries, so that
/// the same entries always make the same bytes.
struct ArchiveWriter: ~Copyable {
    /// The data of a file within the tar.
    struct Room {
        let offset: Int64
        let byteCount: Int
    }

    /// What was written, but for the data of files.
    struct Frame {
        let byteCount: Int64
        /// Over all headers and paddings, in their order.
        let digest: SHA256Digest
    }

    private static let pieceByteCount = 1 << 20

    private let file: OpenedFile
    private let time: Timestamp
    private var piece: [UInt8] = []
    /// What the pieces before have filled.
    private var writtenByteCount: Int64 = 0
    private var frame = SHA256()
    private var header = TarHeader.emptyBlock

    /// Writes to the descriptor from its beginning; it stays the caller's to close.
    init(descriptor: Int32, time: Timestamp) {
        file = OpenedFile(descriptor: descriptor)
        self.time = time
        piece.reserveCapacity(Self.pieceByteCount + TarHeader.byteCount)
    }

    private var offset: Int64 { writtenByteCount + Int64(piece.count) }

    /// The path ends in a slash.
    mutating func addFolder(_ path: [UInt8]) throws(BundleError) {
        try addHeader(path, .folder, size: 0)
    }

    mutating func addFile(_ path: [UInt8], _ bytes: [UInt8]) throws(BundleError) {
        try addHeader(path, .file, size: bytes.count)
        piece += bytes
        addPadding()
        try writeFullPiece()
    }

    /// A file whose data come last; until then there are zeros.
    mutating func addRoom(_ path: [UInt8], byteCount: Int) throws(BundleError) -> Room {
        try addHeader(path, .file, size: byteCount)
        let room = Room(offset: offset, byteCount: byteCount)
        piece += repeatElement(0, count: byteCount)
        addPadding()
        return room
    }

    mutating func fill(_ room: Room, _ bytes: [UInt8]) throws(BundleError) {
        guard bytes.count == room.byteCount else {
            throw .contradiction("a file has another size than was foreseen")
        }
        try writePiece()
        try file.write(bytes, at: room.offset)
    }

    /// Writes the end of the archive; without it the archive is not whole.
    consuming func finish() throws(BundleError) -> Frame {
        piece += repeatElement(0, count: TarHeader.endByteCount(behind: offset))
        try writePiece()
        return Frame(byteCount: writtenByteCount, digest: frame.finish())
    }

    private mutating func addHeader(
        _ path: [UInt8], _ kind: TarHeader.Kind, size: Int
    ) throws(BundleError) {
        let isEncoded = TarHeader.encode(
            path, kind, size: Int64(size), time: time.secondsSinceEpoch, into: &header)
        guard isEncoded else {
            throw .strangeEntry(
                String(decoding: path, as: UTF8.self), "has no room in the header of a tar")
        }
        frame.update(header)
        piece += header
    }

    private mutating func addPadding() {
        let rest = piece.count % TarHeader.byteCount
        guard rest > 0 else { return }
        let padding = TarHeader.emptyBlock[rest...]
        padding.withUnsafeBytes { frame.update($0) }
        piece += padding
    }

    private mutating func writeFullPiece() throws(BundleError) {
        if piece.count >= Self.pieceByteCount { try writePiece() }
    }

    private mutating func writePiece() throws(BundleError) {
        try file.write(piece, at: writtenByteCount)
        writtenByteCount = offset
        piece.removeAll(keepingCapacity: true)
    }
}
