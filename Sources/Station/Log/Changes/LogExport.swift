import DurableFiles
import Failures
import Ledger
import Signatures
package import SystemPackage
import TransparencyLog

/// Writes the log as a static site serves it (c2sp.org/tlog-tiles), as far as its newest head goes.
///
/// The checkpoint is replaced last, once all that it speaks of is on the disk: whoever reads the folder
/// at any moment finds a whole log. An export that was cut off is finished by the next one.
package struct LogExport {
    package struct Report: Sendable {
        package let origin: String
        package let size: Int64
        /// How many tiles and bundles of entries were written.
        package let fileCount: Int
    }

    private static let checkpoint = FileName("checkpoint")
    private static let tiles = FileName("tile")

    private let station: OpenStation
    private let folder: FilePath
    private let head: LogHeadRecord
    private let signed: SignedCheckpoint

    package init(_ station: OpenStation, to folder: FilePath) throws(StationFailure) {
        self.station = station
        self.folder = folder
        let head = try station.newestHead()
        self.head = head
        signed = try station.mappingLogErrors { () throws(CheckpointError) in
            try SignedCheckpoint(parsing: head.note)
        }
    }

    package func perform() throws(StationFailure) -> Report {
        try refuseWrongTree()
        let target = try onDisk { () throws(FileSystemError) in try Folder.ensure(folder) }
        guard try onDisk({ () throws(FileSystemError) in try target.lock() }) else {
            throw StationFailure(
                .tryAgain, "\(folder): another export is at work there: try again later")
        }
        let done = try exportedSize(in: target)
        var count = 0
        // Entries and leaves first, then each level above them.
        var level = 0
        while case let new = head.size >> (Int64(level) * 8), new > 0 {
            let old = done >> (Int64(level) * 8)
            count += try write(level: level, from: old, to: new)
            level += 1
        }
        let note = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.note(of: head)
        }
        try onDisk { () throws(FileSystemError) in
            try target.syncFileSystem()
            let draft = try DraftFile(for: Self.checkpoint, in: target)
            try draft.write(note)
            try draft.publishReplacing(in: target)
            try target.sync()
        }
        return Report(origin: signed.checkpoint.origin, size: head.size, fileCount: count)
    }

    /// What would not verify is not exported.
    private func refuseWrongTree() throws(StationFailure) {
        let size = head.size
        let root = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.withLogTree { tree throws(TreeError<LedgerError.Reason>) in
                try tree.root(ofSize: size)
            }
        }
        guard root == signed.checkpoint.root else {
            throw damaged("the newest head has another root")
        }
    }

    /// How many entries an earlier export has there; 0 in an empty folder.
    private func exportedSize(in target: borrowing Folder) throws(StationFailure) -> Int64 {
        let names = try onDisk { () throws(FileSystemError) in try target.names() }
        let own = [Self.checkpoint, Self.tiles, DraftFile.draftName(for: Self.checkpoint)]
        if let other = names.first(where: { !own.contains($0) }) {
            throw refusal("has \(other) in it, which no export has made")
        }
        guard names.contains(Self.checkpoint) else { return 0 }
        let isFile = try onDisk { () throws(FileSystemError) in
            try target.status(of: Self.checkpoint).isRegular
        }
        guard isFile else { throw refusal("has a checkpoint that is no plain file") }
        let earlier: SignedCheckpoint
        do throws(StationFailure) {
            earlier = try SignedCheckpoint(readingFrom: folder.appending("checkpoint"))
        } catch {
            throw refusal("has a checkpoint that is none (\(error))")
        }
        if case .unknown(let reason) = try CheckpointHistory(of: station).judge(earlier) {
            throw refusal("has a checkpoint that \(reason)")
        }
        guard earlier.checkpoint.size <= head.size else {
            throw refusal("has a checkpoint of \(earlier.checkpoint.size) entries")
        }
        return earlier.checkpoint.size
    }

    private func refusal(_ what: String) -> StationFailure {
        StationFailure(
            .cannotCreate,
            "\(folder): \(what): export into a new or empty folder, or one of an earlier export of "
                + "this log")
    }

    private func damaged(_ what: String) -> StationFailure {
        StationFailure(
            .inputOutput, "\(station.folder.ledger): \(what): 'coldmint audit' says more")
    }

    /// Writes what is new of a level that had so many hashes, and has more now.
    ///
    /// - Returns: the number of files.
    private func write(
        level: Int, from old: Int64, to new: Int64
    ) throws(StationFailure) -> Int {
        let width = Int64(Tile.width)
        var count = 0
        var folders = ExportFolders(root: folder)
        var number = old / width
        while number * width < new, old < new {
            let tile = try tile(level, number, width: Int(min(width, new - number * width)))
            let place = TileCoordinate(level: level, number: number)
            try folders.write(tile.bytes, to: place.path(width: tile.hashes.count))
            count += 1
            if level == 0 {
                try folders.write(
                    try entries(under: tile, number),
                    to: EntryBundle.path(number: number, width: tile.hashes.count))
                count += 1
            }
            number += 1
        }
        return count
    }

    private func tile(
        _ level: Int, _ number: Int64, width: Int
    ) throws(StationFailure) -> Tile {
        let place = TileCoordinate(level: level, number: number)
        let stored = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.logTile(at: place)
        }
        // What was entered after the head is left out.
        guard let stored, stored.hashes.count >= width,
            let tile = Tile(hashes: Array(stored.hashes.prefix(width)))
        else { throw damaged("\(place) of the log is not whole") }
        return tile
    }

    private func entries(under tile: Tile, _ number: Int64) throws(StationFailure) -> [UInt8] {
        let first = number * Int64(Tile.width)
        let texts = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.logEntries(from: first, limit: tile.hashes.count)
        }
        let entries = texts.map { Array($0.utf8) }
        guard entries.map({ MerkleTree.leafHash($0) }) == tile.hashes else {
            throw damaged("entries from \(first) on are not those of the log's tree")
        }
        return try station.mappingLogErrors { () throws(EntryBundleError) in
            try EntryBundle.bytes(entries)
        }
    }
}

/// The folders of an export, the one that was written to last kept open.
private struct ExportFolders {
    let root: FilePath
    private var last: (path: FilePath, folder: OpenFolder)?

    private final class OpenFolder {
        let folder: Folder

        init(_ folder: consuming Folder) {
            self.folder = folder
        }
    }

    init(root: FilePath) {
        self.root = root
    }

    /// Not yet durably. What is there under this name is replaced.
    mutating func write(_ bytes: [UInt8], to path: String) throws(StationFailure) {
        let path = FilePath(path)
        guard let name = path.lastComponent else { return }
        let open = try folder(path.removingLastComponent())
        try onDisk { () throws(FileSystemError) in
            let draft = try DraftFile(for: FileName(name.string), in: open.folder)
            try draft.write(bytes)
            try draft.publishUnflushed(in: open.folder)
        }
    }

    private mutating func folder(_ path: FilePath) throws(StationFailure) -> OpenFolder {
        if let last, last.path == path { return last.folder }
        let opened = try onDisk { () throws(FileSystemError) in
            var folder = OpenFolder(try Folder(opening: root))
            for component in path.components {
                folder = OpenFolder(try folder.folder.ensure(FileName(component.string)))
            }
            return folder
        }
        last = (path, opened)
        return opened
    }
}
