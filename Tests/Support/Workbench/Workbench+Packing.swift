import Foundation

extension Workbench {
    /// Packs a folder as bundles are packed: sorted, owner 0, the times of a given bundle.
    package func pack(_ folder: String, as file: String, like bundle: String) throws {
        let original = RawTar(try readBytes(bundle))
        let time = original.entries.first?.time ?? 0
        var paths = [""]
        paths +=
            FileManager.default.enumerator(atPath: "\(path)/\(folder)")?
            .compactMap { $0 as? String } ?? []
        var isFolder: ObjCBool = false
        var entries: [(path: String, entry: RawTar.Entry)] = []
        for inside in paths {
            let place = "\(path)/\(folder)/\(inside)"
            guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else {
                throw WorkbenchError(description: "\(place) has gone")
            }
            let slash = isFolder.boolValue && !inside.isEmpty ? "/" : ""
            let name = "\(folder)/\(inside)\(slash)"
            let entry =
                isFolder.boolValue
                ? RawTar.Entry(name, type: "5", time: time)
                : RawTar.Entry(name, try readBytes("\(folder)/\(inside)"), time: time)
            entries.append((name, entry))
        }
        entries.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        var tar = RawTar()
        tar.entries = entries.map(\.entry)
        try write(tar.bytes, to: file)
    }
}
