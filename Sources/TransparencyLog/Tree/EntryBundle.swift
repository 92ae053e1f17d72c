/// The entries under one tile of level 0, each after its length (c2sp.org/tlog-tiles).
package enum EntryBundle {
    package static let maximumEntryLength = Int(UInt16.max)

    /// The path of its file, such as `tile/entries/x001/067.p/3`.
    package static func path(number: Int64, width: Int = Tile.width) -> String {
        "tile/entries/" + TileCoordinate.ending(number: number, width: width)
    }

    package static func bytes(_ entries: [[UInt8]]) throws(EntryBundleError) -> [UInt8] {
        guard !entries.isEmpty else { throw .empty }
        guard entries.count <= Tile.width else { throw .tooMany }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entries.reduce(0) { $0 + 2 + $1.count })
        for (index, entry) in entries.enumerated() {
            guard let length = UInt16(exactly: entry.count) else { throw .tooLong(entry: index) }
            bytes.append(UInt8(length >> 8))
            bytes.append(UInt8(length & 0xff))
            bytes.append(contentsOf: entry)
        }
        return bytes
    }

    package static func entries(in bytes: [UInt8]) throws(EntryBundleError) -> [[UInt8]] {
        var entries: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard entries.count < Tile.width else { throw .tooMany }
            guard rest.count >= 2 else { throw .cutOff(entry: entries.count) }
            let length = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
            rest = rest.dropFirst(2)
            guard rest.count >= length else { throw .cutOff(entry: entries.count) }
            entries.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        guard !entries.isEmpty else { throw .empty }
        return entries
    }
}

/// Why there is no such bundle of entries.
package enum EntryBundleError: Error, Sendable, Hashable {
    case empty
    case tooMany
    /// By position in the bundle, from 0.
    case tooLong(entry: Int)
    case cutOff(entry: Int)
}

extension EntryBundleError: CustomStringConvertible {
    /// A sentence, lower case, without a full stop.
    package var description: String {
        switch self {
        case .empty: "a bundle of entries has at least one"
        case .tooMany: "a bundle of entries has at most \(Tile.width)"
        case .tooLong(let entry):
            "entry \(entry) of the bundle is longer than \(EntryBundle.maximumEntryLength) bytes"
        case .cutOff(let entry): "the bundle of entries ends within entry \(entry)"
        }
    }
}
