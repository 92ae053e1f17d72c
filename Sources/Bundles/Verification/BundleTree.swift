import Tar

/// The entries of a tar as the folder of a bundle: each file with its folders before it, sorted by
/// the bytes of their paths, as the writer has them.
struct BundleTree {
    /// The one folder that everything is in.
    let root: String
    /// Of every file, by its path in the root folder.
    private(set) var files: [String: TarContainer.Entry] = [:]
    /// In the root folder; each ends in a slash, but for the root itself, which is empty.
    private var folders: Set<String> = []

    init(_ entries: [TarContainer.Entry]) throws(BundleError) {
        guard let first = entries.first?.header else { throw .notATar("it is empty") }
        let slash = UInt8(ascii: "/")
        root = String(first.path.prefix { $0 != "/" })
        var last: Substring.UTF8View?
        for entry in entries {
            let path = entry.header.path
            let isFolder = entry.header.kind == .folder
            guard
                Self.staysInPlace(path, isFolder: isFolder), path.hasPrefix("\(root)/")
            else { throw .strangeEntry(path, "lies outside the bundle's folder") }
            let inside = path.dropFirst(root.count + 1)
            let name = String(inside)
            guard files[name] == nil, !folders.contains(name) else {
                throw .strangeEntry(path, "appears twice")
            }
            let parent =
                inside.utf8.dropLast().lastIndex(of: slash)
                .map { String(inside[...$0]) } ?? ""
            guard
                name.isEmpty || folders.contains(parent),
                last.map({ $0.lexicographicallyPrecedes(inside.utf8) }) ?? true
            else { throw .strangeEntry(path, "stands at another place than coldmint writes it") }
            if isFolder { folders.insert(name) } else { files[name] = entry }
            last = inside.utf8
        }
        try checkFolders()
    }

    private func checkFolders() throws(BundleError) {
        let needed = files.keys.reduce(into: Set([""])) { needed, path in
            var parent = path[...]
            while let slash = parent.lastIndex(of: "/") {
                guard needed.insert(String(parent[...slash])).inserted else { return }
                parent = parent[..<slash]
            }
        }
        if let stray = folders.subtracting(needed).min() {
            throw .strangeEntry(
                "\(root)/\(stray)", "is a folder without a file of the bundle in it")
        }
    }

    /// Whether a path is relative, without `.` and `..` and empty parts, and ends in a slash just
    /// where it is a folder's.
    private static func staysInPlace(_ path: String, isFolder: Bool) -> Bool {
        var parts = path.utf8.split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        if isFolder, parts.popLast()?.isEmpty != true { return false }
        return !parts.isEmpty
            && parts.allSatisfy { part in
                !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
            }
    }
}
