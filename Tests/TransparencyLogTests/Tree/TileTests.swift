import Signatures
import Support
import Testing

@testable import TransparencyLog

struct TileTests {
    @Test func `paths are those of the specification`() {
        #expect(TileCoordinate(level: 0, number: 1_234_067).path() == "tile/0/x001/x234/067")
        #expect(TileCoordinate(level: 0, number: 1234).path(width: 17) == "tile/0/x001/234.p/17")
        #expect(TileCoordinate(level: 2, number: 0).path(width: 1) == "tile/2/000.p/1")
        #expect(TileCoordinate(level: 1, number: 1000).path() == "tile/1/x001/000")
        #expect(EntryBundle.path(number: 1067, width: 3) == "tile/entries/x001/067.p/3")
        #expect(EntryBundle.path(number: 5) == "tile/entries/005")
        #expect(
            TileCoordinate(level: 0, number: .max).path()
                == "tile/0/x009/x223/x372/x036/x854/x775/807")
    }

    /// c2sp.org/tlog-tiles, "Partial Tiles".
    @Test func `the edge of a tree is that of the specification`() {
        func edge(_ size: Int64) -> [String] {
            TileCoordinate.edge(ofSize: size).map { $0.coordinate.path(width: $0.width) }
        }
        #expect(edge(70_000) == ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"])
        #expect(edge(256) == ["tile/1/000.p/1"])
        #expect(edge(0) == [])
        #expect(edge(-5) == [])
        #expect(StoredTiles(numberedLeaves(256)).tiles.count == 2)
        #expect(StoredTiles(numberedLeaves(70_000)).tiles.count == 273 + 1 + 1 + 1 + 1)
    }

    @Test func `a tile has 1 to 256 hashes of 32 bytes`() throws {
        for count in [1, 2, 255, 256] {
            let bytes = (0..<(32 * count)).map { UInt8(truncatingIfNeeded: $0 / 7) }
            let tile = try #require(Tile(bytes: bytes))
            #expect(tile.hashes.count == count)
            #expect(tile.bytes == bytes)
            #expect(tile.isFull == (count == 256))
        }
        for count in [0, 1, 31, 33, 63, 257 * 32] {
            #expect(Tile(bytes: Array(repeating: 1, count: count)) == nil)
        }
    }

    @Test func `a bundle of entries is read as it was written`() throws {
        let entries: [[UInt8]] = [[], [1], Array(repeating: 7, count: 65_535), Array("abc".utf8)]
        let bytes = try EntryBundle.bytes(entries)
        #expect(bytes.count == 4 * 2 + 1 + 65_535 + 3)
        #expect(bytes.suffix(5) == [0, 3] + Array("abc".utf8))
        #expect(try EntryBundle.entries(in: bytes) == entries)
    }

    @Test func `what is no bundle of entries is refused`() {
        #expect(throws: EntryBundleError.empty) { try EntryBundle.entries(in: []) }
        #expect(throws: EntryBundleError.cutOff(entry: 0)) { try EntryBundle.entries(in: [0]) }
        #expect(throws: EntryBundleError.cutOff(entry: 1)) {
            try EntryBundle.entries(in: [0, 0, 0, 2, 1])
        }
        #expect(throws: EntryBundleError.tooMany) {
            try EntryBundle.entries(in: Array(repeating: 0, count: 2 * 257))
        }
        #expect(throws: EntryBundleError.empty) { try EntryBundle.bytes([]) }
        #expect(throws: EntryBundleError.tooMany) {
            try EntryBundle.bytes(Array(repeating: [], count: 257))
        }
        #expect(throws: EntryBundleError.tooLong(entry: 1)) {
            try EntryBundle.bytes([[], Array(repeating: 0, count: 65_536)])
        }
    }
}
