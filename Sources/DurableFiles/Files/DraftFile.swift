import Glibc
package import SystemPackage

/// A file that is being written under a name of its own, and appears under its final name whole,
/// flushed to disk, or not at all.
///
/// The draft's name is the final one with a dot before it and `.part` after it, so that a draft
/// left by a crash is removed by the next attempt and never taken for the real thing.
package struct DraftFile: ~Copyable {
    package let descriptor: Int32
    private let name: FileName
    private let draftName: FileName
    private let path: FilePath

    /// The draft's own path, for libraries that write to a path only.
    package var draftPath: FilePath { path.appending(draftName.description) }

    /// - Parameter permissions: without them, the umask decides, and a folder that is shared with
    ///   a group.
    package init(
        for name: FileName, in folder: borrowing Folder, permissions: FilePermissions? = nil
    ) throws(FileSystemError) {
        let draftName = Self.draftName(for: name)
        descriptor = Self.create(draftName, in: folder, permissions?.rawValue ?? 0o666)
        self.name = name
        self.draftName = draftName
        path = folder.path
        guard descriptor >= 0 else { throw .last(.create, draftName, in: path) }
        if permissions == nil { try folder.shareFile(descriptor, draftName) }
    }

    /// What lies there is removed and not written over: it may be another user's file, or a link to
    /// one that must stay as it is.
    ///
    /// - Returns: -1 where the system refuses; then errno says why.
    private static func create(
        _ name: FileName, in folder: borrowing Folder, _ mode: mode_t
    ) -> Int32 {
        let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let directory = folder.descriptor
        return name.withCString { name in
            let descriptor = openat(directory, name, flags, mode)
            guard descriptor < 0, Errno.current == .fileExists, unlinkat(directory, name, 0) == 0
            else { return descriptor }
            return openat(directory, name, flags, mode)
        }
    }

    deinit {
        close(descriptor)
    }

    /// The name under which a file is written before it gets its own.
    package static func draftName(for name: FileName) -> FileName {
        FileName(bytes: [0x2e] + name.bytes + Array(".part".utf8))
    }

    package func write(_ bytes: [UInt8]) throws(FileSystemError) {
        try bytes.span.withUnsafeBytes { bytes throws(FileSystemError) in try write(bytes) }
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws(FileSystemError) {
        var rest = bytes
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
            guard written >= 0 || Errno.current == .interrupted else {
                throw .last(.write, draftName, in: path)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, written)))
        }
    }

    /// Gives the file its name, which must be free; where it is taken, the draft is removed. The
    /// folder's entry is durable once the folder has been synced.
    package consuming func publish(in folder: borrowing Folder) throws(FileSystemError) {
        try flush()
        do throws(FileSystemError) {
            try folder.renameExclusively(draftName, to: folder, as: name)
        } catch {
            if error.isTaken { try folder.remove(draftName) }
            throw error
        }
    }

    /// Gives the file its name, in the place of whatever has it: at every moment one of the two is
    /// there whole.
    package consuming func publishReplacing(in folder: borrowing Folder) throws(FileSystemError) {
        try flush()
        try folder.renameReplacing(draftName, as: name)
    }

    /// The same without waiting for the disk: whoever does this flushes the file system before anything
    /// speaks of the file.
    package consuming func publishUnflushed(in folder: borrowing Folder) throws(FileSystemError) {
        try folder.renameReplacing(draftName, as: name)
    }

    /// Puts a file where the path says, in the place of whatever is there: at every moment one of the
    /// two is there whole. Returns once it is durable.
    package static func replace(_ path: FilePath, with bytes: [UInt8]) throws(FileSystemError) {
        guard let last = path.lastComponent else {
            throw FileSystemError(.create, path.string, .isDirectory)
        }
        let parent = path.removingLastComponent()
        let folder = try Folder(opening: parent.isEmpty ? "." : parent)
        let draft = try DraftFile(for: FileName(last.string), in: folder)
        try draft.write(bytes)
        try draft.publishReplacing(in: folder)
        try folder.sync()
    }

    /// Removes the draft; the name stays as it was.
    package consuming func discard(in folder: borrowing Folder) throws(FileSystemError) {
        try folder.remove(draftName)
    }

    /// Returns once the draft's bytes are on the disk.
    package func flush() throws(FileSystemError) {
        guard fsync(descriptor) == 0 else { throw .last(.sync, draftName, in: path) }
    }
}
