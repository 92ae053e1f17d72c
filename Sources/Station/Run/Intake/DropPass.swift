import DurableFiles
import LicenseRequest
import Signatures
import Spool

/// One pass over a drop's file, from its beginning to its end: requests, problems and digest come
/// from the same bytes.
struct DropPass: ~Copyable {
    private let file: DropFile
    private(set) var reader: DropReader
    private var hash = SHA256()
    private var offset = 0
    private var isDone = false

    init(over file: DropFile, rules: RequestRules) {
        self.file = file
        reader = DropReader(rules: rules)
    }

    /// Requests of the next piece, possibly none; `nil` behind the last one. Bytes behind a fault
    /// still go into the digest.
    mutating func next() throws(FileSystemError) -> [Request]? {
        guard !isDone else { return nil }
        let piece = try file.piece(at: offset)
        offset += piece.count
        isDone = piece.isEmpty || offset >= file.byteCount
        hash.update(piece)
        return reader.read(piece, isLast: isDone)
    }

    /// The digest of all bytes that were read.
    consuming func finish() -> SHA256Digest {
        hash.finish()
    }
}
