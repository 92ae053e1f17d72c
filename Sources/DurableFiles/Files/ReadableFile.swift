import Glibc
package import SystemPackage

/// A file that is open for reading.
package struct ReadableFile: ~Copyable, Sendable {
    package let descriptor: Int32
    /// For messages.
    private let shownPath: String

    private static let plainFlags = O_RDONLY | O_CLOEXEC
    /// A link is not followed, and nobody waits for the writer of a pipe.
    private static let cautiousFlags = plainFlags | O_NOFOLLOW | O_NONBLOCK

    /// Opens what the path leads to, or, where links are not followed, what it names; the latter
    /// without waiting for anybody.
    package init(opening path: FilePath, followingLinks: Bool = true) throws(FileSystemError) {
        try self.init(opening: path, followingLinks ? Self.plainFlags : Self.cautiousFlags)
    }

    private init(opening path: FilePath, _ flags: Int32) throws(FileSystemError) {
        let descriptor = retryingInterrupted { path.withPlatformString { open($0, flags) } }
        guard descriptor >= 0 else { throw .last(.open, at: path) }
        self.init(descriptor: descriptor, shownPath: path.string)
    }

    /// Opens the folder's entry, without following a link and without waiting for anybody.
    package init(
        opening name: FileName, in folder: borrowing Folder
    ) throws(FileSystemError) {
        let directory = folder.descriptor
        let descriptor = retryingInterrupted {
            name.withCString { openat(directory, $0, Self.cautiousFlags) }
        }
        guard descriptor >= 0 else { throw .last(.open, name, in: folder.path) }
        self.init(
            descriptor: descriptor,
            shownPath: FileSystemError.shownPath(of: name, in: folder.path))
    }

    /// A regular file; anything else is refused unread.
    package static func regular(
        at path: FilePath, followingLinks: Bool = false
    ) throws(FileSystemError) -> ReadableFile {
        let flags = cautiousFlags & (followingLinks ? ~O_NOFOLLOW : ~0)
        let file = try ReadableFile(opening: path, flags)
        guard try file.status().isRegular else {
            throw FileSystemError(.read, path.string, .invalidArgument)
        }
        return file
    }

    /// A file that can be read from its beginning as often as need be. Of a pipe, or whatever else
    /// can be read only once, the content is first copied to a file without a name, up to the
    /// limit: some have no end. `-` is standard input.
    package static func rereadable(
        at path: FilePath, limit: Int
    ) throws(FileSystemError) -> ReadableFile {
        try rereadable(at: path) { _ in limit }
    }

    /// How many bytes of the beginning `rereadable` shows to those who decide by them.
    package static let startByteCount = 512

    /// - Parameter limit: how many bytes are of interest, by the first `startByteCount` ones.
    package static func rereadable(
        at path: FilePath, limit: (_ start: [UInt8]) -> Int
    ) throws(FileSystemError) -> ReadableFile {
        guard path != "-" else { return try copy(of: STDIN_FILENO, "standard input", limit) }
        let file = try ReadableFile(opening: path)
        return try file.status().isRegular
            ? file : try copy(of: file.descriptor, path.string, limit)
    }

    private static func copy(
        of source: Int32, _ shownPath: String, _ limit: (_ start: [UInt8]) -> Int
    ) throws(FileSystemError) -> ReadableFile {
        guard let file = tmpfile() else { throw .last(.create, at: "temporary file") }
        defer { fclose(file) }
        var isWritten = true
        func write(_ piece: UnsafeRawBufferPointer) {
            isWritten = isWritten && fwrite(piece.baseAddress, 1, piece.count, file) == piece.count
        }
        var start: [UInt8] = []
        let isStartRead = readPieces(from: source, limit: startByteCount) { piece in
            start.append(contentsOf: piece)
            write(piece)
        }
        guard isStartRead else { throw FileSystemError(.read, shownPath, .current) }
        let isRead = readPieces(from: source, limit: max(0, limit(start) - start.count), write)
        guard isRead else { throw FileSystemError(.read, shownPath, .current) }
        guard isWritten, fflush(file) == 0 else { throw .last(.write, at: "temporary file") }
        return ReadableFile(descriptor: dup(fileno(file)), shownPath: shownPath)
    }

    private init(descriptor: Int32, shownPath: String) {
        self.descriptor = descriptor
        self.shownPath = shownPath
    }

    deinit {
        close(descriptor)
    }

    package func status() throws(FileSystemError) -> FileStatus {
        guard let status = FileStatus(ofDescriptor: descriptor) else { throw last(.inspect) }
        return status
    }

    /// The first bytes of the file.
    package func read(upTo limit: Int) throws(FileSystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(try status().size, limit))
        guard
            lseek(descriptor, 0, SEEK_SET) == 0,
            readPieces(from: descriptor, limit: limit, { bytes.append(contentsOf: $0) })
        else { throw last(.read) }
        return bytes
    }

    /// The bytes from an offset on; fewer where the file ends.
    package func read(at offset: Int, count: Int) throws(FileSystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var memory = bytes.mutableSpan
        let filled = try memory.withUnsafeMutableBytes { memory throws(FileSystemError) in
            try read(into: memory, at: offset)
        }
        bytes.removeLast(count - filled)
        return bytes
    }

    /// Reads from an offset on, until memory of the caller's is full or the file ends.
    ///
    /// - Returns: the number of bytes read.
    package func read(
        into memory: UnsafeMutableRawBufferPointer, at offset: Int
    ) throws(FileSystemError) -> Int {
        var filled = 0
        while filled < memory.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: memory[filled...])
            let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
            if count == 0 { break }
            guard count > 0 || Errno.current == .interrupted else { throw last(.read) }
            filled += max(0, count)
        }
        return filled
    }

    /// Reads on, into memory of the caller's, until that is full or the file ends. The bytes are
    /// copied nowhere else, and a pipe can be read too.
    ///
    /// - Returns: the number of bytes read.
    package func fill(_ memory: UnsafeMutableRawBufferPointer) throws(FileSystemError) -> Int {
        var filled = 0
        while filled < memory.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: memory[filled...])
            let count = Glibc.read(descriptor, rest.baseAddress, rest.count)
            if count == 0 { break }
            guard count > 0 || Errno.current == .interrupted else { throw last(.read) }
            filled += max(0, count)
        }
        return filled
    }

    /// All bytes from the beginning, in pieces.
    package func forEachPiece(
        _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(FileSystemError) {
        guard lseek(descriptor, 0, SEEK_SET) == 0, readPieces(from: descriptor, body) else {
            throw last(.read)
        }
    }

    private func last(_ operation: FileSystemError.Operation) -> FileSystemError {
        FileSystemError(operation, shownPath, .current)
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

/// Opening waits for the other end of a pipe, or for a slow file system, and a signal ends the wait.
private func retryingInterrupted(_ open: () -> Int32) -> Int32 {
    while true {
        let descriptor = open()
        if descriptor >= 0 || Errno.current != .interrupted { return descriptor }
    }
}
