import Tar

/// A tar as `ArchiveWriter` writes it, and as every tar program reads it: headers of one form, one
/// entry after the other without a gap, zeros where nothing is, and the end where it must be.
///
/// Its own reader takes the headers apart. libarchive, which passes over much that other programs
/// act on, is asked for a second opinion about the same bytes.
struct TarContainer {
    struct Entry {
        let header: TarHeader
        /// Where its header begins in the file.
        let offset: Int64

        fileprivate var start: Int64 { offset + Int64(TarHeader.byteCount) }
        fileprivate var paddedSize: Int64 {
            header.size + Int64(TarHeader.paddingByteCount(behind: header.size))
        }
        fileprivate var end: Int64 { start + paddedSize }
    }

    let entries: [Entry]
    private let file: OpenedFile

    private static let blockByteCount = TarHeader.byteCount

    /// Reads all headers; the descriptor stays the caller's to close.
    init(descriptor: Int32) throws(BundleError) {
        file = OpenedFile(descriptor: descriptor)
        let size = try file.size()
        var entries: [Entry] = []
        var end: Int64 = 0
        while true {
            guard size - end >= 2 * Int64(Self.blockByteCount) else {
                throw .notATar("it ends too soon")
            }
            let block = try file.bytes(Self.blockByteCount, at: end)
            if block.allSatisfy({ $0 == 0 }) { break }
            let header = try Self.header(in: block)
            guard header.time == entries.first?.header.time ?? header.time else {
                throw .strangeEntry(header.path, "has another time than the entries before it")
            }
            let entry = Entry(header: header, offset: end)
            guard entry.end <= size else { throw .notATar("it ends too soon") }
            entries.append(entry)
            end = entry.end
        }
        self.entries = entries
        try checkEnd(at: end, of: size)
        try compareWithLibarchive()
    }

    /// The one time of all entries, in seconds since 1970-01-01T00:00:00Z.
    var time: Int64? { entries.first?.header.time }

    /// The data of a file, and its padding checked. The caller has made sure of its size.
    func bytes(of entry: Entry) throws(BundleError) -> [UInt8] {
        var bytes = try file.bytes(Int(entry.paddedSize), at: entry.start)
        let size = Int(entry.header.size)
        guard bytes[size...].allSatisfy({ $0 == 0 }) else {
            throw .strangeEntry(entry.header.path, "has bytes behind its end")
        }
        bytes.removeLast(bytes.count - size)
        return bytes
    }

    private static func header(in block: [UInt8]) throws(BundleError) -> TarHeader {
        do throws(TarError) {
            return try TarHeader(parsing: block)
        } catch {
            throw BundleError(error)
        }
    }

    /// Two blocks of zeros and the padding of the last record, and nothing else.
    private func checkEnd(at end: Int64, of size: Int64) throws(BundleError) {
        let whole = end + Int64(TarHeader.endByteCount(behind: end))
        guard size >= whole else { throw .notATar("it ends too soon") }
        guard size == whole else { throw .notATar("something follows its end") }
        let padding = try file.bytes(Int(whole - end), at: end)
        guard padding.allSatisfy({ $0 == 0 }) else { throw .notATar("something follows its end") }
    }

    private func compareWithLibarchive() throws(BundleError) {
        let archive = try ArchiveReader(descriptor: file.descriptor)
        for entry in entries {
            let header = entry.header
            let second = ArchiveReader.Entry(
                path: header.path, kind: header.kind == .file ? .file : .folder,
                size: header.size, offset: entry.offset)
            guard try archive.next() == second else {
                throw .strangeEntry(header.path, "is another entry to libarchive")
            }
        }
        guard try archive.next() == nil else { throw .notATar("libarchive finds more entries") }
    }
}
