import Support
import Testing

@testable import Bundles

/// Tars whose files are those of a sound bundle, with headers that the writer does not write: some
/// tar program unpacks something else from each form of them.
struct ForeignHeaderTests {
    typealias Entry = RawTar.Entry

    /// A sound bundle with something done to the blocks of its tar.
    private static func altered(_ change: (inout RawTar) throws -> Void) throws -> [UInt8] {
        let tar = try Fixture.make().tar()
        var raw = RawTar(tar)
        try #require(raw.bytes == tar, "the tests know the form of bundles")
        try change(&raw)
        try #require(raw.bytes != tar)
        return raw.bytes
    }

    /// With another header for README.txt, and a checksum that fits.
    private static func readme(_ change: (Entry) -> Entry) throws -> [UInt8] {
        try altered { raw in
            let place = try #require(raw.index(of: "README.txt"))
            raw.entries[place] = change(raw.entries[place])
        }
    }

    /// A record of an extended header (POSIX pax): its own length, a name, a value.
    private static func record(_ name: String, _ value: String) -> [UInt8] {
        let rest = " \(name)=\(value)\n"
        var length = rest.utf8.count
        while length != rest.utf8.count + String(length).utf8.count {
            length = rest.utf8.count + String(length).utf8.count
        }
        return Array("\(length)\(rest)".utf8)
    }

    /// Makes an entry look as if the headers before it were part of it.
    private static func realSize(_ entry: Entry, hiding byteCount: Int) -> [UInt8] {
        record("SCHILY.realsize", String(entry.size + byteCount))
    }

    @Test func `an extended header is refused, though a real size makes it fit without a gap`()
        throws
    {
        let tar = try Self.altered { raw in
            let place = try #require(raw.index(of: "README.txt"))
            let body = Self.realSize(raw.entries[place], hiding: 1024)
            raw.entries.insert(Entry("PaxHeaders/README.txt", body, type: "x", time: 0), at: place)
        }
        #expect(throws: BundleError.self) { try verify(tar) }
    }

    @Test func `a global size that leads into an archive in a comment is refused`() throws {
        let tar = try Self.altered { raw in
            let place = try #require(raw.index(of: "README.txt"))
            var inner = RawTar()
            inner.entries = [Entry("foreign.txt", Array("foreign".utf8), time: 0)]
            let comment = String(decoding: inner.bytes, as: UTF8.self)
            let body = Self.record("comment", comment) + Self.record("size", "0")
            let global = Entry("GlobalHead", body, type: "g", time: 0)
            let size = Self.realSize(raw.entries[place], hiding: global.data.count + 1536)
            raw.entries.insert(Entry("PaxHeaders/README.txt", size, type: "x", time: 0), at: place)
            raw.entries.insert(global, at: place)
        }
        #expect(throws: BundleError.self) { try verify(tar) }
    }

    @Test(arguments: "\0123467ADKLMNSVXZgx ")
    func `a file of another type is refused`(type: Character) throws {
        let tar = try Self.readme { $0.with(.type, String(type)) }
        #expect(throws: BundleError.self) { try verify(tar) }
    }

    @Test(arguments: [
        "004644 \0", "002644 \0", "001644 \0", "000600 \0", "000777 \0", "000000 \0", "0000644\0",
        " 644 \0", "100644 \0",
    ])
    func `a file of another mode is refused`(mode: String) throws {
        let tar = try Self.readme { $0.with(.mode, mode) }
        #expect(throws: BundleError.self) { try verify(tar) }
    }

    @Test(arguments: [
        (Entry.Field.owner, "001750 \0"), (.group, "001750 \0"), (.ownerName, "root"),
        (.groupName, "root"), (.owner, "\u{7f}"), (.majorDevice, "000001 \0"),
        (.minorDevice, "000001 \0"), (.majorDevice, ""), (.linkName, "/etc/passwd"),
        (.time, "00000000001 "), (.time, "00000000000\0"), (.magic, "ustar "), (.magic, ""),
        (.version, " \0"), (.version, "01"), (.tail, "hidden"),
    ])
    func `a field that is not as the writer writes it is refused`(
        field: Entry.Field, text: String
    ) throws {
        let tar = try Self.readme { $0.with(field, text) }
        #expect(throws: BundleError.self) { try verify(tar) }
    }

    @Test func `a size in another form is refused`() throws {
        let forms: [(Entry) -> String] = [
            { "\(Entry.octal($0.size, 11))\0" },
            { " \(Entry.octal($0.size, 10)) " },
            { "\(String($0.size, radix: 8)) " },
        ]
        for form in forms {
            let tar = try Self.readme { $0.with(.size, form($0)) }
            #expect(throws: BundleError.self) { try verify(tar) }
        }
        let binary = try Self.readme { entry in
            var entry = entry
            let size = entry.size
            let bytes = [0x80] + (0..<11).map { UInt8(truncatingIfNeeded: size >> (80 - 8 * $0)) }
            entry.header.replaceSubrange(Entry.Field.size.range, with: bytes)
            entry.mendChecksum()
            return entry
        }
        #expect(throws: BundleError.self) { try verify(binary) }
    }

    @Test(arguments: ["\0 ", " \0", "  "])
    func `a checksum in another form is refused`(ending: String) throws {
        let tar = try Self.readme { entry in
            var entry = entry
            let sum = Int(entry[.checksum], radix: 8) ?? 0
            entry[.checksum] =
                ending == "\0 " ? "0\(Entry.octal(sum, 6))" : entry[.checksum] + ending
            return entry
        }
        #expect(throws: BundleError.self) { try verify(tar) }
    }

    @Test func `a folder with a size, or with data, is refused`() throws {
        for data in [0, RawTar.blockByteCount] {
            let tar = try Self.altered { raw in
                let place = try #require(raw.index(of: "licenses/"))
                raw.entries[place] = raw.entries[place].with(.size, "00000001000 ")
                raw.entries[place].data = [UInt8](repeating: 0, count: data)
            }
            #expect(throws: BundleError.self) { try verify(tar) }
        }
    }

    @Test func `a path that is split at another place is refused`() throws {
        let tar = try Self.readme { entry in
            entry.with(.prefix, "acme-000017").with(.name, "README.txt")
        }
        #expect(throws: BundleError.self) { try verify(tar) }
    }

    @Test(arguments: [Entry.Field.name, .prefix, .ownerName, .linkName])
    func `bytes behind the end of a text are refused`(field: Entry.Field) throws {
        let tar = try Self.readme { entry in
            var entry = entry
            entry.header[field.range.upperBound - 1] = UInt8(ascii: "x")
            entry.mendChecksum()
            return entry
        }
        #expect(throws: BundleError.self) { try verify(tar) }
    }

    @Test func `bytes in the padding of a block are refused`() throws {
        let tar = try Self.altered { raw in
            let place = try #require(raw.index(of: "README.txt"))
            let last = raw.entries[place].data.count - 1
            raw.entries[place].data[last] = 1
        }
        #expect(throws: BundleError.self) { try verify(tar) }
    }

    @Test func `a long name of GNU tar is refused`() throws {
        let tar = try Self.altered { raw in
            let place = try #require(raw.index(of: "README.txt"))
            let name = Array("acme-000017/README.txt\0".utf8)
            raw.entries[place][.name] = "short"
            raw.entries[place].mendChecksum()
            let long = Entry("././@LongLink", name, type: "L", time: 0)
            raw.entries.insert(long.with(.magic, "ustar ").with(.version, " \0"), at: place)
        }
        #expect(throws: BundleError.self) { try verify(tar) }
    }

    @Test func `a sparse file of GNU tar is refused`() throws {
        let tar = try Self.readme { entry in
            var sparse = entry.with(.type, "S").with(.magic, "ustar ").with(.version, " \0")
            // One piece that covers the file, and its real size (GNU tar's oldgnu_header).
            let map = "00000000000\0\(Entry.octal(entry.size, 11))\0"
            sparse.header.replaceSubrange(386..<386 + map.utf8.count, with: Array(map.utf8))
            let real = "\(Entry.octal(entry.size, 11))\0"
            sparse.header.replaceSubrange(483..<483 + real.utf8.count, with: Array(real.utf8))
            sparse.mendChecksum()
            return sparse
        }
        #expect(throws: BundleError.self) { try verify(tar) }
    }

    @Test func `entries in another order, or without their folder, are refused`() throws {
        let changes: [(inout RawTar) -> Void] = [
            { $0.entries.swapAt(1, 2) },
            { $0.entries.append($0.entries.remove(at: 1)) },
            { $0.entries.remove(at: 0) },
            { raw in raw.entries.removeAll { $0.path.hasSuffix("licenses/") } },
        ]
        for (place, change) in changes.enumerated() {
            let tar = try Self.altered { change(&$0) }
            #expect(throws: BundleError.self, "change \(place)") { try verify(tar) }
        }
    }

    @Test(arguments: [
        ("more", "lies outside the bundle's folder"),
        ("/etc/more", "lies outside the bundle's folder"),
        ("acme-000018/more", "lies outside the bundle's folder"),
        ("acme-000017/../more", "lies outside the bundle's folder"),
        ("acme-000017/./more", "lies outside the bundle's folder"),
        ("acme-000017//more", "lies outside the bundle's folder"),
        ("acme-000017/README.txt", "appears twice"),
        ("acme-000017/more", "stands at another place"),
        ("acme-000017/z", "does not belong to the bundle"),
        ("acme-000017/é", "has a path that coldmint does not write"),
    ])
    func `a file that is no bundle's is refused`(path: String, reason: String) throws {
        let tar = try Self.altered { raw in
            raw.entries.append(Entry(path, Array("more".utf8), time: raw.entries[0].time))
        }
        #expect {
            try verify(tar)
        } throws: {
            "\($0)".contains(reason)
        }
    }

    @Test func `an end of another length is refused`() throws {
        let tar = try Fixture.make().tar()
        let contentCount = RawTar(tar).entries.reduce(0) { $0 + $1.header.count + $1.data.count }
        for count in [contentCount + 1024, tar.count + 512, tar.count + 10_240]
        where count != tar.count {
            let zeros = [UInt8](repeating: 0, count: count - contentCount)
            let other = Array(tar.prefix(contentCount)) + zeros
            #expect(throws: BundleError.self, "\(count) bytes") { try verify(other) }
        }
    }
}
