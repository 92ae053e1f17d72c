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

    /// A regular file, not reached through a symbolic link; anything else is refused unread.
    package static func regular(at path: FilePath) throws(FileSystemError) -> ReadableFile {
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let file = ReadableFile(
            descriptor: path.withPlatformString { open($0, flags) }, path: path)
        var status = stat()
        guard file.descriptor >= 0, fstat(file.descriptor, &status) == 0 else {
            throw .last(.open, in: path)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileSystemError(.read, path.string, .invalidArgument)
        }
        return file
    }

    /// A file that can be read from its beginning as often as need be: what is none, a pipe for
    /// example, is first read to its end into a file without a name. `-` is standard input.
    package static func rereadable(at path: FilePath) throws(FileSystemError) -> ReadableFile {
        guard path != "-" else { return try spool(STDIN_FILENO, "standard input") }
        let file = try ReadableFile(opening: path)
        var status = stat()
        guard fstat(file.descriptor, &status) == 0 else { throw .last(.inspect, in: path) }
        return status.st_mode & S_IFMT == S_IFREG ? file : try spool(file.descriptor, path)
    }

    private static func spool(
        _ source: Int32, _ path: FilePath
    ) throws(FileSystemError) -> ReadableFile {
        guard let file = tmpfile() else { throw .last(.create, in: "temporary file") }
        defer { fclose(file) }
        var isWritten = true
        let isRead = readPieces(from: source) { piece in
            isWritten = isWritten && fwrite(piece.baseAddress, 1, piece.count, file) == piece.count
        }
        guard isRead else { throw .last(.read, in: path) }
        guard isWritten, fflush(file) == 0 else { throw .last(.write, in: "temporary file") }
        return ReadableFile(descriptor: dup(fileno(file)), path: path)
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
        guard
            lseek(descriptor, 0, SEEK_SET) == 0,
            readPieces(from: descriptor, limit: limit, { bytes += Array($0) })
        else {
            throw .last(.read, in: path)
        }
        return bytes
    }

    /// All bytes from the beginning, in pieces.
    package func forEachPiece(
        _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(FileSystemError) {
        guard lseek(descriptor, 0, SEEK_SET) == 0, readPieces(from: descriptor, body) else {
            throw .last(.read, in: path)
        }
    }
}

/// Reads up to `limit` bytes, in pieces. `false` where the system failed; then errno says how.
package func readPieces(
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
