import Glibc
package import SystemPackage

/// A file that is open for reading.
package struct ReadableFile: ~Copyable {
    package let descriptor: Int32
    private let path: FilePath

    package init(opening path: FilePath) throws(FileSystemError) {
        descriptor = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC) }
        self.path = path
        guard descriptor >= 0 else { throw .last(.open, in: path) }
    }

    /// Standard input, read to its end into a file without a name, so that it can be read from
    /// the beginning as often as any other.
    package static func standardInput() throws(FileSystemError) -> ReadableFile {
        guard let file = tmpfile() else { throw .last(.create, in: "temporary file") }
        defer { fclose(file) }
        var isWritten = true
        let isRead = readPieces(from: STDIN_FILENO) { piece in
            isWritten = isWritten && fwrite(piece.baseAddress, 1, piece.count, file) == piece.count
        }
        guard isRead else { throw .last(.read, in: "standard input") }
        guard isWritten, fflush(file) == 0 else { throw .last(.write, in: "temporary file") }
        return ReadableFile(descriptor: dup(fileno(file)), path: "standard input")
    }

    private init(descriptor: Int32, path: FilePath) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit {
        close(descriptor)
    }

    /// The first bytes of the file.
    package func read(upTo limit: Int) throws(FileSystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        guard rewind(), readPieces(from: descriptor, limit: limit, { bytes += Array($0) }) else {
            throw .last(.read, in: path)
        }
        return bytes
    }

    /// All bytes from the beginning, in pieces.
    package func forEachPiece(
        _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(FileSystemError) {
        guard rewind(), readPieces(from: descriptor, body) else { throw .last(.read, in: path) }
    }

    private func rewind() -> Bool {
        // A pipe has no beginning to go back to, and is read but once.
        lseek(descriptor, 0, SEEK_SET) == 0 || Errno.current == .illegalSeek
    }
}

/// Reads up to `limit` bytes, in pieces. `false` where the system failed; then errno says how.
func readPieces(
    from descriptor: Int32, limit: Int = .max, _ body: (UnsafeRawBufferPointer) -> Void
) -> Bool {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    var rest = limit
    while rest > 0 {
        let count = read(descriptor, &piece, min(piece.count, rest))
        if count == 0 { return true }
        if count < 0 {
            if Errno.current == .interrupted { continue }
            return false
        }
        rest -= count
        piece.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
    }
    return true
}
