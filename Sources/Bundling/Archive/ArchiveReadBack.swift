import Bundles
import Signatures
import Tar

/// Reads a tar that was just written once, from the beginning to the end: the digest of each file
/// and that of the whole are taken from the same bytes.
struct ArchiveReadBack: ~Copyable {
    struct File {
        /// Where its data begin.
        let offset: Int64
        let digest: SHA256Digest
    }

    private static let pieceByteCount = 1 << 18

    private let file: OpenedFile
    private let byteCount: Int64
    private var piece = [UInt8](repeating: 0, count: pieceByteCount)
    private var unread = 0..<0
    /// What of the tar was read into pieces.
    private var readByteCount: Int64 = 0
    private var whole = SHA256()
    private var frame = SHA256()

    init(_ file: OpenedFile, byteCount: Int64) {
        self.file = file
        self.byteCount = byteCount
    }

    /// The next file, or `nil` at the end of the archive.
    mutating func nextFile() throws(BundleError) -> File? {
        while true {
            let header = try take(TarHeader.byteCount)
            if piece[header.lowerBound] == 0 {
                try checkIsEmpty(header)
                return nil
            }
            piece[header].withUnsafeBytes { frame.update($0) }
            guard piece[header.lowerBound + TarHeader.typeOffset] == TarHeader.fileType else {
                continue
            }
            guard let size = TarHeader.size(in: piece[header]) else {
                throw .notATar("a header has no size")
            }
            return try file(size: size)
        }
    }

    /// To be called at the end.
    ///
    /// - Returns: the digest of the whole tar.
    consuming func finish(comparing expected: ArchiveWriter.Frame) throws(BundleError)
        -> SHA256Digest
    {
        while readByteCount < byteCount || !unread.isEmpty {
            let zeros = try take(TarHeader.byteCount)
            try checkIsEmpty(zeros)
        }
        guard try file.size() == byteCount, frame.finish() == expected.digest else {
            throw .notATar("it was read back otherwise than it was written")
        }
        return whole.finish()
    }

    private func checkIsEmpty(_ block: Range<Int>) throws(BundleError) {
        guard piece[block].allSatisfy({ $0 == 0 }) else {
            throw .notATar("it was read back otherwise than it was written")
        }
    }

    private mutating func file(size: Int64) throws(BundleError) -> File {
        var digest = SHA256()
        let offset = readByteCount - Int64(unread.count)
        var rest = size
        while rest > 0 {
            let data = try take(Int(min(rest, Int64(Self.pieceByteCount))))
            piece[data].withUnsafeBytes { digest.update($0) }
            rest -= Int64(data.count)
        }
        let padding = try take(TarHeader.paddingByteCount(behind: size))
        piece[padding].withUnsafeBytes { frame.update($0) }
        return File(offset: offset, digest: digest.finish())
    }

    /// Up to so many bytes, at least one where any is wanted; blocks are never divided.
    private mutating func take(_ count: Int) throws(BundleError) -> Range<Int> {
        if unread.isEmpty && count > 0 { try fill() }
        let taken = unread.prefix(count)
        unread = taken.upperBound..<unread.upperBound
        return taken
    }

    private mutating func fill() throws(BundleError) {
        let (file, offset) = (file, readByteCount)
        var memory = piece.mutableSpan
        let count = try memory.withUnsafeMutableBytes { memory throws(BundleError) in
            try file.read(into: memory, at: offset)
        }
        guard count > 0, count.isMultiple(of: TarHeader.byteCount) else {
            throw .notATar("it ends too soon")
        }
        piece.withUnsafeBytes { whole.update(UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
        readByteCount += Int64(count)
        unread = 0..<count
    }
}
