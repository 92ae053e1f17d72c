/// A tar taken apart into its blocks, to be put together with something changed. It knows the form
/// that bundles have from the POSIX ustar format, not from the code that is tested.
package struct RawTar {
    package static let blockByteCount = 512
    package static let recordByteCount = 10_240

    /// A header of one block, and the data with its padding.
    package struct Entry: Equatable {
        package var header: [UInt8]
        package var data: [UInt8]
    }

    package var entries: [Entry] = []

    package init() {}

    /// Takes a whole ustar apart.
    package init(_ bytes: [UInt8]) {
        var place = 0
        while place + Self.blockByteCount <= bytes.count, bytes[place] != 0 {
            let header = Array(bytes[place..<place + Self.blockByteCount])
            place += Self.blockByteCount
            let end = min(bytes.count, place + Self.padded(Entry(header: header, data: []).size))
            entries.append(Entry(header: header, data: Array(bytes[place..<end])))
            place = end
        }
    }

    /// Closed by two blocks of zeros, and padded to a whole record.
    package var bytes: [UInt8] {
        var bytes = entries.flatMap { $0.header + $0.data }
        bytes += [UInt8](repeating: 0, count: 2 * Self.blockByteCount)
        let rest = bytes.count % Self.recordByteCount
        bytes += [UInt8](repeating: 0, count: rest == 0 ? 0 : Self.recordByteCount - rest)
        return bytes
    }

    package func index(of suffix: String) -> Int? {
        entries.firstIndex { $0.path.hasSuffix(suffix) }
    }

    fileprivate static func padded(_ count: Int) -> Int {
        (count + blockByteCount - 1) / blockByteCount * blockByteCount
    }
}

extension RawTar.Entry {
    /// A field of the header: where it begins, and how many bytes it has.
    package enum Field: CaseIterable, Sendable {
        case name, mode, owner, group, size, time, checksum, type, linkName, magic, version
        case ownerName, groupName, majorDevice, minorDevice, prefix, tail

        package var range: Range<Int> {
            switch self {
            case .name: 0..<100
            case .mode: 100..<108
            case .owner: 108..<116
            case .group: 116..<124
            case .size: 124..<136
            case .time: 136..<148
            case .checksum: 148..<156
            case .type: 156..<157
            case .linkName: 157..<257
            case .magic: 257..<263
            case .version: 263..<265
            case .ownerName: 265..<297
            case .groupName: 297..<329
            case .majorDevice: 329..<337
            case .minorDevice: 337..<345
            case .prefix: 345..<500
            case .tail: 500..<512
            }
        }
    }

    /// As a bundle holds it: owner 0, mode 0644 or 0755, no names, no device.
    package init(_ path: String, _ content: [UInt8] = [], type: Character = "0", time: Int) {
        header = [UInt8](repeating: 0, count: RawTar.blockByteCount)
        data = content
        let padding = RawTar.padded(content.count) - content.count
        data += [UInt8](repeating: 0, count: padding)
        let parts = Self.split(path)
        self[.name] = parts.name
        self[.prefix] = parts.prefix
        self[.mode] = "000\(type == "5" ? "755" : "644") \0"
        for field in [Field.owner, .group, .majorDevice, .minorDevice] { self[field] = "000000 \0" }
        self[.size] = "\(Self.octal(content.count, 11)) "
        self[.time] = "\(Self.octal(time, 11)) "
        self[.type] = String(type)
        self[.magic] = "ustar\0"
        self[.version] = "00"
        mendChecksum()
    }

    package var path: String {
        self[.prefix].isEmpty ? self[.name] : "\(self[.prefix])/\(self[.name])"
    }

    /// The data without its padding.
    package var content: [UInt8] { Array(data.prefix(size)) }

    package var size: Int { Int(self[.size].prefix(11), radix: 8) ?? 0 }
    package var time: Int { Int(self[.time].prefix(11), radix: 8) ?? 0 }

    /// The text of a field up to its first NUL; when set, the rest of the field is filled with NUL.
    package subscript(field: Field) -> String {
        get { String(decoding: header[field.range].prefix { $0 != 0 }, as: UTF8.self) }
        set {
            let text = Array(newValue.utf8.prefix(field.range.count))
            let rest = [UInt8](repeating: 0, count: field.range.count - text.count)
            header.replaceSubrange(field.range, with: text + rest)
        }
    }

    /// Makes the checksum that of the header as it is now.
    package mutating func mendChecksum() {
        self[.checksum] = "        "
        let sum = header.reduce(0) { $0 + Int($1) }
        self[.checksum] = "\(Self.octal(sum, 6))\0 "
    }

    /// With a field changed, and a checksum that fits.
    package func with(_ field: Field, _ text: String) -> Self {
        var entry = self
        entry[field] = text
        entry.mendChecksum()
        return entry
    }

    /// A file with another content.
    package func holding(_ content: [UInt8]) -> Self {
        var entry = self
        let padding = RawTar.padded(content.count) - content.count
        entry.data = content + [UInt8](repeating: 0, count: padding)
        return entry.with(.size, "\(Self.octal(content.count, 11)) ")
    }

    package static func octal(_ number: Int, _ width: Int) -> String {
        let digits = String(number, radix: 8)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// The prefix takes what the name has no room for, up to the first slash from there.
    private static func split(_ path: String) -> (prefix: String, name: String) {
        let limit = Field.name.range.count
        guard path.utf8.count > limit else { return ("", path) }
        let start = path.utf8.index(path.utf8.startIndex, offsetBy: path.utf8.count - limit - 1)
        guard let slash = path[start...].firstIndex(of: "/") else { return ("", path) }
        return (String(path[..<slash]), String(path[path.index(after: slash)...]))
    }
}
