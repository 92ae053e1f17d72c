import DurableFiles
import Failures
import SystemPackage

/// A file that says what the station does. Whoever can change it decides what is issued, so that it is
/// trusted no further than the station itself.
enum GuardedFile {
    /// - Parameters:
    ///   - power: what others could do if they could write to it, such as "say who may ask".
    ///   - need: what is needed in its place.
    static func bytes(
        at path: FilePath, upTo limit: Int, power: String, need: String
    ) throws(StationFailure) -> [UInt8] {
        do throws(FileSystemError) {
            let file = try ReadableFile.regular(at: path)
            if let exposure = try exposure(of: file.status(), path, power) {
                throw FileSystemError.untrusted(path.string, exposure)
            }
            return try file.read(upTo: limit)
        } catch {
            throw StationFailure(
                .configuration,
                error.operation == .trust ? error.description : "\(error): \(need)",
                cause: .fileSystem(error))
        }
    }

    /// What others could do to the file; `nil` where nobody but its owner can.
    private static func exposure(
        of file: FileStatus, _ path: FilePath, _ power: String
    ) throws(FileSystemError) -> String? {
        let folderPath = path.removingLastComponent()
        let folder = try FileStatus(of: folderPath.isEmpty ? "." : folderPath)
        if !file.isOwnedByThisUserOrRoot {
            return "it belongs to another user, who can \(power) with it: make it your own"
        }
        if !file.isWritableByOwnerAlone {
            return
                "others can write to it, and \(power): run 'chmod go-w \(path)', and look what is "
                + "in it"
        }
        if !folder.isOwnedByThisUserOrRoot || !folder.keepsEntriesFromOthers {
            return "others can replace it, and \(power): move it to a folder where only you can "
                + "write, such as the station's"
        }
        return nil
    }
}
