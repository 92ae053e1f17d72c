import Signing

/// The paths of a tar's entries, each once, all in one folder.
struct BundleTree {
    private(set) var root: String?
    /// Of every file, by its path in the root folder.
    private(set) var digests: [String: SHA256Digest] = [:]
    private var folders: Set<String> = []
    /// Those that a file lies in, at whatever depth.
    private var neededFolders: Set<String> = []

    /// Takes an entry in.
    ///
    /// - Returns: the path in the root folder, where it is a file.
    mutating func add(_ entry: ArchiveReader.Entry) throws(BundleError) -> String? {
        guard entry.kind != .other else {
            throw .strangeEntry(entry.path, "is neither a file nor a folder")
        }
        var path = entry.path[...]
        if path.utf8.last == UInt8(ascii: "/") { path = path.dropLast() }
        let first = path.utf8.firstIndex(of: UInt8(ascii: "/")) ?? path.endIndex
        guard Self.staysInPlace(path.utf8), root == nil || path[..<first] == root ?? "" else {
            throw .strangeEntry(entry.path, "lies outside the bundle's folder")
        }
        if root == nil { root = String(path[..<first]) }
        let isRoot = first == path.endIndex
        let inside = isRoot ? "" : String(path[path.utf8.index(after: first)...])
        guard entry.kind == .file else {
            guard folders.insert(inside).inserted, digests[inside] == nil else {
                throw .strangeEntry(entry.path, "appears twice")
            }
            return nil
        }
        guard !isRoot else { throw .strangeEntry(entry.path, "lies outside the bundle's folder") }
        return inside
    }

    mutating func set(
        _ digest: SHA256Digest, of path: String, _ entry: ArchiveReader.Entry
    ) throws(BundleError) {
        guard digests.updateValue(digest, forKey: path) == nil, !folders.contains(path) else {
            throw .strangeEntry(entry.path, "appears twice")
        }
        var parent = path[...]
        while let slash = parent.utf8.lastIndex(of: UInt8(ascii: "/")) {
            parent = parent[..<slash]
            guard neededFolders.insert(String(parent)).inserted else { return }
        }
    }

    /// A folder that no file lies in, if there is one; as the entry names it.
    var strayFolder: String? {
        guard let stray = folders.subtracting(neededFolders).subtracting([""]).min() else {
            return nil
        }
        return "\(root ?? "")/\(stray)"
    }

    /// Whether a path is relative, without `.` and `..` and empty parts.
    private static func staysInPlace(_ path: Substring.UTF8View) -> Bool {
        var length = 0
        var dots = 0
        for byte in path {
            guard byte != UInt8(ascii: "/") else {
                guard length > 0, dots < length || length > 2 else { return false }
                (length, dots) = (0, 0)
                continue
            }
            length += 1
            if byte == UInt8(ascii: ".") { dots += 1 }
        }
        return length > 0 && (dots < length || length > 2)
    }
}
