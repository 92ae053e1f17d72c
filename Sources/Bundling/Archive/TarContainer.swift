import Glibc

/// The tar around the entries: one after the other without a gap, closed by two blocks of zeros
/// and followed by nothing but zeros. libarchive passes over much that could hide in between:
/// extended headers, volume labels, sparse maps, a second archive after the first.
struct TarContainer {
    private static let blockByteCount = 512
    /// Tar pads its last record; more than this is no padding.
    private static let maximumPadding: Int64 = 1 << 20

    private let descriptor: Int32
    private let size: Int64

    init(descriptor: Int32) throws(BundleError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .inputOutput(errno: errno, "it cannot be inspected")
        }
        self.descriptor = descriptor
        size = Int64(status.st_size)
    }

    func check(_ entry: ArchiveReader.Entry, after end: Int64) throws(BundleError) {
        guard entry.offset == end, entry.size >= 0, entry.size <= size else {
            throw .strangeEntry(entry.path, "is not stored plainly, right after the one before it")
        }
    }

    func checkEnd(at end: Int64) throws(BundleError) {
        let rest = size - end
        guard rest >= 2 * Int64(Self.blockByteCount), rest % Int64(Self.blockByteCount) == 0 else {
            throw .notATar("it ends too soon")
        }
        guard rest <= Self.maximumPadding else { throw .notATar("something follows its end") }
        var padding = [UInt8](repeating: 0, count: Int(rest))
        guard pread(descriptor, &padding, padding.count, off_t(end)) == padding.count else {
            throw .inputOutput(errno: errno, "its end cannot be read")
        }
        guard padding.allSatisfy({ $0 == 0 }) else { throw .notATar("something follows its end") }
    }
}
