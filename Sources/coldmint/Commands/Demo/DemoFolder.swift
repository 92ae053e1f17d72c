import Failures
import Foundation
import Station
import SystemPackage

/// Where a demo has its station: a folder that nobody else can look into.
struct DemoFolder: ~Copyable {
    private static let permissions: mode_t = 0o700

    /// From the root, so that commands with it work everywhere.
    let path: FilePath
    let isKept: Bool

    static func temporary() throws(StationFailure) -> DemoFolder {
        let parent = NSTemporaryDirectory()
        var name = Array("\(parent)/coldmint-demo-XXXXXX".utf8CString)
        // Makes it with mode 0700.
        guard mkdtemp(&name) != nil else {
            throw StationFailure(
                .cannotCreate,
                "\(parent): the demo's folder cannot be made here: \(Errno(rawValue: errno)): name "
                    + "another folder with --keep, or another place with TMPDIR")
        }
        return DemoFolder(path: FilePath(platformString: name).absolute, isKept: false)
    }

    static func kept(at name: String) throws(StationFailure) -> DemoFolder {
        guard mkdir(name, permissions) == 0 || errno == EEXIST else {
            throw StationFailure(
                .cannotCreate,
                "\(name): the demo's folder cannot be made: \(Errno(rawValue: errno)): name another"
            )
        }
        // Why a folder cannot be read is thrown away: another one has to be named in any case.
        let names = try? FileManager.default.contentsOfDirectory(atPath: name)
        guard names == [] else {
            throw StationFailure(
                .cannotCreate,
                "\(name): this is no folder, or there is something in it: name one that is new or "
                    + "empty")
        }
        return DemoFolder(path: FilePath(name).absolute, isKept: true)
    }

    /// Removes it with all that is in it, unless it is to be kept.
    consuming func remove() throws(StationFailure) {
        guard !isKept else { return }
        do {
            try FileManager.default.removeItem(atPath: path.string)
        } catch {
            throw StationFailure(
                .inputOutput, "\(path): the demo's folder cannot be removed: remove it: \(error)")
        }
    }
}
