import PlainText

/// Which tile of a tree: its level, and its number within the level.
package struct TileCoordinate: Sendable, Hashable {
    package let level: Int
    package let number: Int64

    package init(level: Int, number: Int64) {
        self.level = level
        self.number = number
    }

    /// The path of its file, such as `tile/0/x001/234.p/17`.
    package func path(width: Int = Tile.width) -> String {
        "tile/\(level)/" + Self.ending(number: number, width: width)
    }

    /// The number in groups of three digits, all but the last group behind an `x`, so that no path
    /// is both a file and a folder; then the width, if it is not the full one.
    static func ending(number: Int64, width: Int) -> String {
        var groups = [(number % 1000).magnitude.zeroPadded(to: 3)]
        var rest = number / 1000
        while rest != 0 {
            groups.append("x" + (rest % 1000).magnitude.zeroPadded(to: 3))
            rest /= 1000
        }
        return groups.reversed().joined(separator: "/") + (width == Tile.width ? "" : ".p/\(width)")
    }

    /// The tiles with which a tree of this size ends, one a level, with their widths. A level whose
    /// tiles are all full has none.
    package static func edge(ofSize size: Int64) -> [(coordinate: TileCoordinate, width: Int)] {
        var edge: [(coordinate: TileCoordinate, width: Int)] = []
        var level = 0
        var count = size
        while count > 0 {
            let width = Int(count % Int64(Tile.width))
            let number = count / Int64(Tile.width)
            if width > 0 { edge.append((TileCoordinate(level: level, number: number), width)) }
            count = number
            level += 1
        }
        return edge
    }
}

extension TileCoordinate: CustomStringConvertible {
    package var description: String { path() }
}
