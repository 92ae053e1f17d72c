import DurableFiles
import Failures
import SSHSignatures
import SystemPackage

/// The file of those who may ask. Whoever can change a station's own can have anything issued, so that
/// it is trusted no further than the station itself.
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
        do throws(FileSystemError) {
            let file = try ReadableFile.regular(at: path)
            if let exposure = try exposure(of: file.status(), path) {
                throw FileSystemError.untrusted(path.string, exposure)
            }
            return try file.read(upTo: AllowedSigners.maximumByteCount + 1)
        } catch {
            throw StationFailure(
                .configuration,
                error.operation == .trust
                    ? error.description
                    : "\(error): the setting 'signers' must name a plain file that this user can read",
                cause: .fileSystem(error))
        }
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

    /// What others could do to the list of signers; `nil` where nobody but its owner can.
    private static func exposure(
        of file: FileStatus, _ path: FilePath
    ) throws(FileSystemError) -> String? {
        let folderPath = path.removingLastComponent()
        let folder = try FileStatus(of: folderPath.isEmpty ? "." : folderPath)
        if !file.isOwnedByThisUserOrRoot {
            return "it belongs to another user, who says with it who may ask: make it your own"
        }
        if !file.isWritableByOwnerAlone {
            return
                "others can write to it, and say who may ask: run 'chmod go-w \(path)', and look "
                + "what is in it"
        }
        if !folder.isOwnedByThisUserOrRoot || !folder.keepsEntriesFromOthers {
            return "others can replace it, and say who may ask: move it to a folder where only you "
                + "can write, such as the station's"
        }
        return nil
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
