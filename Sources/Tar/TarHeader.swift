/// The header of an entry, a block of 512 bytes in the ustar form (IEEE Std 1003.1, pax), as this
/// program writes it. Tar programs disagree about every other form: about extended headers, about
/// types beyond file and folder, about numbers and names that end otherwise.
package struct TarHeader: Equatable, Sendable {
    package enum Kind: Sendable {
        case file
        case folder
    }

    /// Who can read what is unpacked.
    package enum Access: Sendable {
        /// Everybody: 0644 and 0755.
        case everybody
        /// Only its owner: 0600 and 0700.
        case owner
    }

    package static let byteCount = 512
    /// Tars end on a record of this size.
    package static let recordByteCount = 10_240
    /// What eleven octal digits hold.
    package static let maximumFileByteCount: Int64 = 0o777_7777_7777

    /// A folder's ends in a slash.
    package let path: String
    package let kind: Kind
    package let size: Int64
    /// Seconds since 1970-01-01T00:00:00Z.
    package let time: Int64
    let access: Access

    package init(
        path: String, kind: Kind, size: Int64, time: Int64, access: Access = .everybody
    ) {
        self.path = path
        self.kind = kind
        self.size = size
        self.time = time
        self.access = access
    }

    /// How many zeros follow so many bytes of a file.
    package static func paddingByteCount(behind size: Int64) -> Int {
        Int((Int64(byteCount) - size % Int64(byteCount)) % Int64(byteCount))
    }

    /// How many zeros end a tar whose entries take so many bytes: two blocks, and what the last
    /// record wants.
    package static func endByteCount(behind entries: Int64) -> Int {
        let closed = entries + 2 * Int64(byteCount)
        let record = Int64(recordByteCount)
        return Int((closed + record - 1) / record * record - entries)
    }

    /// Reads what `encoded` gives, and nothing else, to the byte.
    package init(parsing block: [UInt8], access: Access = .everybody) throws(TarError) {
        guard block.count == Self.byteCount, Self.text(.magic, of: block) == "ustar" else {
            throw .notATar("an entry has no ustar header")
        }
        let name = Self.text(.name, of: block)
        let prefix = Self.text(.prefix, of: block)
        let path = prefix.isEmpty ? name : "\(prefix)/\(name)"
        let kind: Kind
        switch block[Field.type.range.lowerBound] {
        case Self.fileType: kind = .file
        case Self.folderType: kind = .folder
        default: throw .strangeEntry(path, "is neither a file nor a folder")
        }
        guard
            let size = Self.number(.size, of: block), let time = Self.number(.time, of: block)
        else {
            throw .strangeEntry(path, "has a size or time in another form than coldmint writes")
        }
        self.init(path: path, kind: kind, size: size, time: time, access: access)
        guard let expected = encoded() else {
            throw .strangeEntry(path, "has a path that coldmint does not write")
        }
        for field in Field.allCases where expected[field.range] != block[field.range] {
            throw .strangeEntry(path, "has another \(field.rawValue) than coldmint writes")
        }
    }

    package static let typeOffset = Field.type.range.lowerBound
    package static let fileType = UInt8(ascii: "0")
    package static let folderType = UInt8(ascii: "5")

    /// Up to the first NUL. Bytes that are not UTF-8 are replaced; coldmint writes no such path.
    private static func text(_ field: Field, of block: [UInt8]) -> String {
        String(decoding: block[field.range].prefix { $0 != 0 }, as: UTF8.self)
    }

    /// The size that a header gives; `nil` where it is none.
    package static func size(in block: ArraySlice<UInt8>) -> Int64? {
        number(.size, of: Array(block))
    }

    /// Eleven octal digits.
    private static func number(_ field: Field, of block: [UInt8]) -> Int64? {
        let digits = block[field.range].prefix(11)
        guard digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 << 3 | Int64($1 - 0x30) }
    }
}

extension TarHeader {
    /// The fields, in the words of a message; together they are the whole block.
    enum Field: String, CaseIterable {
        case magic = "magic number"
        case version
        case type
        case name
        case prefix
        case mode
        case owner
        case group
        case ownerName = "owner's name"
        case groupName = "group's name"
        case size
        case time
        case linkName = "link target"
        case majorDevice = "device number"
        case minorDevice = "minor device number"
        case padding = "padding behind its header"
        case checksum = "checksum of its header"

        var range: Range<Int> {
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
            case .padding: 500..<512
            }
        }
    }
}
