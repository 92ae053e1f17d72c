import CArchive
import CalendarTime
import Glibc

/// Writes a tar in the POSIX ustar form: owner 0, fixed modes, one time for all entries, so that
/// the same entries always make the same bytes.
struct ArchiveWriter: ~Copyable {
    private static let fileMode: mode_t = 0o644
    private static let folderMode: mode_t = 0o755
    static let recordByteCount: Int32 = 10_240
    private static let blockByteCount: Int32 = 100 * recordByteCount

    private let archive: OpaquePointer?
    private let entry: OpaquePointer?
    private let time: Timestamp

    /// Writes to the descriptor, which stays the caller's to close.
    init(descriptor: Int32, time: Timestamp) throws(BundleError) {
        archive = archive_write_new()
        entry = archive_entry_new()
        self.time = time
        guard archive != nil, entry != nil else {
            throw .inputOutput(errno: ENOMEM, "no memory for an archive")
        }
        try check(archive_write_set_format_ustar(archive))
        try check(archive_write_add_filter_none(archive))
        // Written in large blocks; the tar itself ends on a record of the usual size.
        try check(archive_write_set_bytes_per_block(archive, Self.blockByteCount))
        try check(archive_write_set_bytes_in_last_block(archive, Self.recordByteCount))
        try check(archive_write_open_fd(archive, descriptor))
    }

    deinit {
        archive_entry_free(entry)
        archive_write_free(archive)
    }

    /// The path ends in a slash.
    func addFolder(_ path: String) throws(BundleError) {
        try begin(path, type: S_IFDIR, mode: Self.folderMode, size: 0)
    }

    func addFile(_ path: String, _ bytes: [UInt8]) throws(BundleError) {
        try begin(path, type: S_IFREG, mode: Self.fileMode, size: Int64(bytes.count))
        let written = archive_write_data(archive, bytes, bytes.count)
        guard written == bytes.count else { throw failure() }
    }

    /// Writes the end of the archive; without it the archive is not whole.
    consuming func finish() throws(BundleError) {
        try check(archive_write_close(archive))
    }

    private func begin(
        _ path: String, type: mode_t, mode: mode_t, size: Int64
    ) throws(BundleError) {
        archive_entry_clear(entry)
        archive_entry_set_pathname(entry, path)
        archive_entry_set_filetype(entry, type)
        archive_entry_set_perm(entry, mode)
        archive_entry_set_size(entry, size)
        archive_entry_set_mtime(entry, time_t(time.secondsSinceEpoch), 0)
        archive_entry_set_uid(entry, 0)
        archive_entry_set_gid(entry, 0)
        try check(archive_write_header(archive, entry))
    }

    /// A warning means that something was not written as given, which a bundle cannot have.
    private func check(_ status: Int32) throws(BundleError) {
        guard status == ARCHIVE_OK else { throw failure() }
    }

    private func failure() -> BundleError {
        .inputOutput(errno: archive_errno(archive), archiveMessage(archive))
    }
}

func archiveMessage(_ archive: OpaquePointer?) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
}
