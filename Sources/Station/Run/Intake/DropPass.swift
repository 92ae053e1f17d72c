import DurableFiles
import LicenseRequest
import SSHSignatures
import Signatures
import Spool

/// One pass over a drop's file, from its beginning to its end: requests, problems and digest come
/// from the same bytes.
struct DropPass: ~Copyable {
    private let file: DropFile
    private(set) var reader: DropReader
    private var hash = SHA256()
    private var longHash = SHA512()
    /// Whether somebody may have signed the drop, with a digest of another kind.
    private let isSigned: Bool
    private var offset = 0
    private var isDone = false

    init(over file: DropFile, rules: RequestRules, isSigned: Bool = false) {
        self.file = file
        self.isSigned = isSigned
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
        if isSigned { longHash.update(piece) }
        return reader.read(piece, isLast: isDone)
    }

    /// The digests of all bytes that were read.
    consuming func finish() -> DropDigests {
        let sha512 = isSigned ? longHash.finish() : nil
        return DropDigests(sha256: hash.finish(), sha512: sha512)
    }
}

/// The digests of a drop's bytes.
struct DropDigests: Sendable {
    let sha256: SHA256Digest
    /// `nil` where nobody can have signed the drop.
    let sha512: SHA512Digest?

    var ofSignedFile: SignedFileDigests? {
        sha512.map { SignedFileDigests(sha256: sha256, sha512: $0) }
    }
}
