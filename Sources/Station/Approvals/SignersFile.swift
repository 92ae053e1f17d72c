import DurableFiles
import Failures
import SSHSignatures
import SystemPackage

/// The file of those who may ask.
enum SignersFile {
    /// - Parameter status: how a command ends where the list has faults.
    static func list(
        in text: [UInt8], of path: FilePath, _ status: ExitStatus = .configuration
    ) throws(StationFailure) -> AllowedSigners {
        do throws(AllowedSignersError) {
            return try AllowedSigners(parsing: text)
        } catch {
            throw StationFailure(status, "\(path): \(error.summary(of: path))")
        }
    }

    /// The bytes of a station's own list.
    static func guardedText(at path: FilePath) throws(StationFailure) -> [UInt8] {
        try GuardedFile.bytes(
            at: path, upTo: AllowedSigners.maximumByteCount + 1, power: "say who may ask",
            need: "the setting 'signers' must name a plain file that this user can read")
    }

    /// The bytes of a list that the caller has named.
    static func text(named path: FilePath) throws(StationFailure) -> [UInt8] {
        do throws(FileSystemError) {
            return try ReadableFile.regular(at: path, followingLinks: true)
                .read(upTo: AllowedSigners.maximumByteCount + 1)
        } catch {
            throw StationFailure(readingNamedFile: error)
        }
    }
}

extension AllowedSignersError {
    /// The first fault, and how many more there are.
    fileprivate func summary(of path: FilePath) -> String {
        guard let first = faults.first else { return "it cannot be read" }
        let more = faults.count - 1
        return "line \(first.line): \(first.message)"
            + (more > 0 ? "; \(more) more: 'coldmint signers check \(path)' lists all" : "")
    }
}
