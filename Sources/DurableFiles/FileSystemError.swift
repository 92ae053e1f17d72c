package import SystemPackage

/// A system call that failed, in words that a person can act on.
package struct FileSystemError: Error, Sendable, Equatable {
    package enum Operation: String, Sendable {
        case open, create, list, read, write, inspect, rename, remove
        case sync = "flush to disk"
        case lock, watch
        case setAccess = "set group and mode of"
        /// Something is not what this program made it.
        case trust
    }

    package let operation: Operation
    let path: String
    package let errno: Errno
    /// What is wrong and what to do, where the number of an error does not say it.
    private let advice: String?

    init(_ operation: Operation, _ path: String, _ errno: Errno, advice: String? = nil) {
        self.operation = operation
        self.path = path
        self.errno = errno
        self.advice = advice
    }

    /// What somebody else made or can change is not used.
    package static func untrusted(_ path: String, _ advice: String) -> FileSystemError {
        FileSystemError(.trust, path, .notPermitted, advice: advice)
    }

    /// The operation on a file, with the errno that the failed call has just set.
    static func last(_ operation: Operation, at path: FilePath) -> FileSystemError {
        FileSystemError(operation, path.string, .current)
    }

    /// The operation on an entry of a folder, with the errno that the failed call has just set.
    static func last(
        _ operation: Operation, _ name: FileName, in folder: FilePath
    ) -> FileSystemError {
        FileSystemError(operation, shownPath(of: name, in: folder), .current)
    }

    /// The entry's path on one line and in UTF-8, whatever its name.
    static func shownPath(of name: FileName, in folder: FilePath) -> String {
        "\(FileName(bytes: folder.bytes))/\(name)"
    }

    package var isMissing: Bool { errno == .noSuchFileOrDirectory }
    package var isTaken: Bool { errno == .fileExists }
    package var isFull: Bool { errno == .noSpace || errno == .diskQuotaExceeded }
}

extension FileSystemError: CustomStringConvertible {
    package var description: String {
        "cannot \(operation.rawValue) \(path): \(advice ?? reason)"
    }

    private var reason: String {
        switch errno {
        case .noSpace: "the disk is full: make room and run again"
        case .diskQuotaExceeded: "the disk quota is used up: raise it and run again"
        case .permissionDenied:
            "permission denied: check its owner and mode, and those of its folder"
        case .readOnlyFileSystem: "the file system is read-only: mount it writable"
        case .noSuchFileOrDirectory: "there is no such file or folder"
        case .notDirectory: "it is not a folder"
        case .fileExists: "it exists already"
        case .ioError:
            "input/output error: check the disk before anything else"
        case .improperLink:
            "it is on another file system: keep the folder and its subfolders on one"
        default: errno.description
        }
    }
}

extension Errno {
    /// What the failed call has just set.
    static var current: Errno { Errno(rawValue: lastErrno()) }
}

extension FilePath {
    fileprivate var bytes: [UInt8] {
        withPlatformString { Array(UnsafeBufferPointer(start: $0, count: length)) }
            .map { UInt8(bitPattern: $0) }
    }
}
