package import DurableFiles
import SystemPackage

/// What came of the attempt to open a drop for reading.
package enum DropReading: Sendable {
    /// A regular file that nobody seems to be writing.
    case opened(DropFile)
    /// It cannot be a drop, whatever it holds; why, as the rest of a sentence.
    case notARegularFile(String)
    case tooLarge
    /// Somebody has it open for writing.
    case stillWritten
    /// The system does not tell whether somebody is writing it: read again after the settle time,
    /// and pass this status.
    case unsettled(FileStatus)
}

extension Inbox {
    /// Opens a claimed drop, if it is a whole regular file.
    ///
    /// - Parameters:
    ///   - maximumByteCount: larger files are not opened.
    ///   - earlier: the status that an earlier call answered, at least the settle time ago.
    package func open(
        _ claim: ClaimName, maximumByteCount: Int, since earlier: FileStatus?
    ) throws(FileSystemError) -> DropReading {
        let name = claim.fileName
        // Inspected before it is opened: to open a device may do something.
        if let reason = Self.refusal(of: try claimed.status(of: name)) {
            return .notARegularFile(reason)
        }
        let file: ReadableFile
        do throws(FileSystemError) {
            file = try ReadableFile(opening: name, in: claimed)
        } catch  where error.errno == .permissionDenied {
            return .notARegularFile("its owner lets nobody else read it: 'chmod a+r' it first")
        }
        let before = try file.status()
        if let reason = Self.refusal(of: before) { return .notARegularFile(reason) }
        let writers = file.writerPresence()
        switch writers {
        case .some: return .stillWritten
        case .none: break
        case .unknown: if earlier != before { return .unsettled(before) }
        }
        guard before.size <= maximumByteCount else { return .tooLarge }
        return .opened(DropFile(file, before, isCertain: writers == .none))
    }

    /// Why a file cannot be a drop; `nil` where it can.
    private static func refusal(of file: FileStatus) -> String? {
        switch file.kind {
        case .regular: file.linkCount == 1 ? nil : "it is one of several hard links to a file"
        case .symbolicLink: "it is a symbolic link"
        case .folder: "it is a folder"
        case .namedPipe: "it is a named pipe"
        case .socket: "it is a socket"
        case .device: "it is a device"
        }
    }
}
