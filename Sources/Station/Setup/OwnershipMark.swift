import CalendarTime
import DurableFiles
import Failures
import Ledger
import LicenseToken
import SystemPackage

/// The file in an inbox or outbox that names the one station it belongs to. Two stations on one
/// inbox would issue one request twice, under two keys.
///
/// The file is locked while the value lives, so that of two stations that find an inbox without a
/// mark only one can write it.
struct OwnershipMark: ~Copyable {
    static let name = FileName(".coldmint-station")
    private static let maximumByteCount = 1 << 14

    private let file: LockedFile

    /// Marks the folder as the station's where it has no mark yet, and locks the mark.
    ///
    /// - Parameter role: `inbox` or `outbox`, for messages.
    /// - Throws: `configuration` where the folder belongs to another station.
    static func put(
        on folder: borrowing Folder, as role: String, for station: StationFolder,
        _ identity: StationIdentity
    ) throws(StationFailure) -> OwnershipMark {
        let path = folder.path
        let file: LockedFile?
        do throws(FileSystemError) {
            file = try LockedFile.open(name, in: folder)
        } catch {
            throw StationFailure(error, opening: role, at: path)
        }
        guard let file else {
            throw StationFailure(
                .tryAgain,
                "\(path.appending(name.description)): another station is at work on this "
                    + "\(role): try again later")
        }
        let text = try onDisk { () throws(FileSystemError) in
            try file.read(upTo: maximumByteCount)
        }
        // A crash can leave the file empty. It names no owner then, and this station writes its mark
        // into it.
        guard text.isEmpty else {
            let owner = Owner(parsing: text)
            guard owner?.identity == identity else {
                throw StationFailure(
                    .configuration, refusal(of: path, role, owner, station.configuration))
            }
            return OwnershipMark(file: file)
        }
        try onDisk { () throws(FileSystemError) in
            let home = try Folder(opening: station.path).realPath()
            try file.write(Owner(identity: identity, path: "\(home)").text, syncing: folder)
        }
        return OwnershipMark(file: file)
    }

    private static func refusal(
        of folder: FilePath, _ role: String, _ owner: Owner?, _ configuration: FilePath
    ) -> String {
        let mark = folder.appending(name.description)
        guard let owner else { return "\(mark): damaged: \(Self.removal)" }
        return "\(folder): the \(role) belongs to another station, \(owner.path): name another "
            + "\(role) in \(configuration); or, where that station is gone for good, remove \(mark)"
    }

    private static let removal = "remove it, and the next run writes it anew"

    /// Why a new station cannot have the folder; `nil` where it is missing or has no mark.
    static func refusalOfNewStation(_ folder: FilePath, _ role: String) -> StationFailure? {
        guard FileStatus.isFound(at: folder) else { return nil }
        let mark = folder.appending(name.description)
        do throws(FileSystemError) {
            guard try Folder(opening: folder).contains(name) else { return nil }
            let text = try ReadableFile.regular(at: mark).read(upTo: maximumByteCount)
            guard !text.isEmpty else { return nil }
            let path = Owner(parsing: text).map { "the station \($0.path)" } ?? "another station"
            return StationFailure(
                .cannotCreate,
                "\(folder): this \(role) belongs to \(path): make the new station in another "
                    + "folder; or, where that one is gone for good, remove \(mark)")
        } catch {
            return StationFailure(error)
        }
    }

    /// Takes the station's own mark away, after an `init` that failed.
    static func remove(from folder: FilePath, of identity: StationIdentity) {
        // Why a mark stays is thrown away: the failure that led here is the one to report.
        guard
            let opened = try? Folder(opening: folder),
            let text = try? ReadableFile(opening: name, in: opened).read(upTo: maximumByteCount),
            Owner(parsing: text)?.identity == identity
        else { return }
        try? opened.remove(name)
    }
}

/// What a mark says.
private struct Owner {
    let identity: StationIdentity
    /// Where the station was when it made the mark; for people.
    let path: String

    private static let identityPrefix = "identity: "
    private static let pathPrefix = "station: "

    init(identity: StationIdentity, path: String) {
        self.identity = identity
        self.path = path
    }

    init?(parsing bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        func value(_ prefix: String) -> String? {
            lines.first { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        }
        guard let identity = value(Self.identityPrefix), let path = value(Self.pathPrefix) else {
            return nil
        }
        self.init(identity: StationIdentity(text: identity), path: path)
    }

    var text: [UInt8] {
        Array(
            """
            # This folder belongs to one station of Coldmint; see docs/station.md.
            \(Self.identityPrefix)\(identity.text)
            \(Self.pathPrefix)\(FileName(path))

            """.utf8)
    }
}

/// The marks of a station's inbox and outbox.
struct OwnershipMarks: ~Copyable {
    private let inbox: OwnershipMark
    private let outbox: OwnershipMark?

    static func put(
        onInbox inbox: borrowing Folder, andOutbox outbox: borrowing Folder,
        for station: StationFolder,
        _ identity: StationIdentity
    ) throws(StationFailure) -> OwnershipMarks {
        let mark = try OwnershipMark.put(on: inbox, as: "inbox", for: station, identity)
        // One folder can be both, and is locked once.
        let isSame = try onDisk { () throws(FileSystemError) in
            try inbox.status().isSameFile(as: outbox.status())
        }
        if isSame { return OwnershipMarks(inbox: mark, outbox: nil) }
        return OwnershipMarks(
            inbox: mark,
            outbox: try OwnershipMark.put(on: outbox, as: "outbox", for: station, identity))
    }
}
