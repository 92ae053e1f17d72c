import Console
import DurableFiles
import Failures
import RequestTables
import SystemPackage

/// A request file for each part of a table.
struct DividedTable {
    let file: String
    let drops: [RequestDrop]

    /// `sales-acme-gmbh.json` of `sales.csv`; rows that have no such member go into `sales.json`.
    private func name(of drop: RequestDrop) throws(CommandFailure) -> FileName {
        let stem = file == "-" ? "requests" : FilePath(file).stem ?? "requests"
        guard let key = drop.key, !key.isEmpty else { return FileName("\(stem).json") }
        let isPlain = key.utf8.allSatisfy {
            ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2d
        }
        guard isPlain else {
            throw CommandFailure(.dataError, "\(file): no file can be named after '\(key)'")
        }
        return FileName("\(stem)-\(key).json")
    }

    /// Writes them durably, and none where one of their names is taken.
    func write(into path: FilePath) throws(CommandFailure) {
        var named: [(name: FileName, drop: RequestDrop)] = []
        for drop in drops { named.append((try name(of: drop), drop)) }
        let folder = try onDisk { () throws(FileSystemError) in try Folder(opening: path) }
        for (name, _) in named {
            let place = path.appending(name.description)
            if FileStatus.isFound(at: place) { throw Self.taken(place) }
        }
        for (index, (name, drop)) in named.enumerated() {
            do throws(FileSystemError) {
                let draft = try DraftFile(for: name, in: folder)
                try draft.write(drop.text)
                try draft.publish(in: folder)
            } catch {
                let failure =
                    error.isTaken
                    ? Self.taken(path.appending(name.description)) : CommandFailure(error)
                throw CommandFailure(
                    failure.status,
                    "\(failure.description); \(index) of \(named.count) files are in \(path) by now"
                )
            }
        }
        try onDisk { () throws(FileSystemError) in try folder.sync() }
        for (name, _) in named {
            try Terminal.printLine(Terminal.plain(path.appending(name.description).string))
        }
    }

    private static func taken(_ place: FilePath) -> CommandFailure {
        CommandFailure(
            .cannotCreate,
            "\(place) is there already and is not written over: move it away, or give the table "
                + "another name")
    }

    private func onDisk<Value: ~Copyable>(
        _ body: () throws(FileSystemError) -> Value
    ) throws(CommandFailure) -> Value {
        do throws(FileSystemError) {
            return try body()
        } catch {
            throw CommandFailure(readingNamedFile: error)
        }
    }
}
