import CArchive
import Glibc

/// Lists the entries of an uncompressed tar as libarchive finds them, one after the other.
struct ArchiveReader: ~Copyable {
    /// What an entry is, as far as bundles are concerned.
    enum Kind {
        case file
        case folder
        case other
    }

    struct Entry: Equatable {
        /// As UTF-8. Bytes that are not are replaced; no bundle has such a path, so that it is refused.
        let path: String
        let kind: Kind
        let size: Int64
        /// Where its header begins in the file.
        let offset: Int64
    }

    private static let blockByteCount = 1 << 20

    private let archive: OpaquePointer?

    /// Reads a file from its beginning; the descriptor stays the caller's to close.
    init(descriptor: Int32) throws(BundleError) {
        archive = archive_read_new()
        guard archive != nil else { throw .inputOutput(errno: ENOMEM, "no memory for an archive") }
        guard lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw .inputOutput(errno: errno, "it cannot be read from the beginning")
        }
        // Neither another format nor a filter is switched on: a compressed tar is no bundle.
        guard
            archive_read_support_format_tar(archive) == ARCHIVE_OK,
            archive_read_open_fd(archive, descriptor, Self.blockByteCount) == ARCHIVE_OK
        else { throw failure() }
    }

    deinit {
        archive_read_free(archive)
    }

    /// The next entry, or `nil` at the end. A warning or a fatal error is neither.
    func next() throws(BundleError) -> Entry? {
        var entry: OpaquePointer?
        let status = archive_read_next_header(archive, &entry)
        if status == ARCHIVE_EOF { return nil }
        guard status == ARCHIVE_OK, let entry else { throw failure() }
        guard let name = archive_entry_pathname(entry) else {
            throw .notATar("an entry without a name")
        }
        return Entry(
            path: String(cString: name), kind: kind(of: entry), size: archive_entry_size(entry),
            offset: archive_read_header_position(archive))
    }

    private func kind(of entry: OpaquePointer) -> Kind {
        guard archive_entry_hardlink(entry) == nil, archive_entry_sparse_count(entry) == 0 else {
            return .other
        }
        switch archive_entry_filetype(entry) {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        default: return .other
        }
    }

    private func failure() -> BundleError {
        let code = archive_errno(archive)
        // A file that the system cannot read is not a bad bundle. Any other code is libarchive's
        // verdict on the content.
        return code == EIO || code == EACCES
            ? .inputOutput(errno: code, archiveMessage(archive))
            : .notATar(archiveMessage(archive))
    }
}

private func archiveMessage(_ archive: OpaquePointer?) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
}
