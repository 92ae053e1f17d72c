package import DurableFiles

/// A drop that is open for reading, more than once if need be.
package final class DropFile: Sendable {
    /// So much of a file is read at a time.
    package static let pieceByteCount = 1 << 18

    private let file: ReadableFile
    private let status: FileStatus
    /// Whether it is certain that nobody is writing the file: the system could tell. Otherwise it
    /// only stayed the same for the settle time.
    package let isCertain: Bool

    /// A file that nobody writes.
    package convenience init(_ file: consuming ReadableFile) throws(FileSystemError) {
        let status = try file.status()
        self.init(file, status, isCertain: true)
    }

    init(_ file: consuming ReadableFile, _ status: FileStatus, isCertain: Bool) {
        self.file = file
        self.status = status
        self.isCertain = isCertain
    }

    package var byteCount: Int { status.size }

    /// What stands at the offset, up to `pieceByteCount`; empty where the file ends sooner.
    package func piece(at offset: Int) throws(FileSystemError) -> [UInt8] {
        try file.read(at: offset, count: min(Self.pieceByteCount, max(0, byteCount - offset)))
    }

    /// Whether the file is still as it was when it was opened. To be asked after reading it.
    package func isUnchanged() throws(FileSystemError) -> Bool {
        try file.status() == status
    }
}
