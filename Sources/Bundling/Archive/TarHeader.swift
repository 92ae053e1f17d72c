/// The header of an entry, a block of 512 bytes in the ustar form (IEEE Std 1003.1, pax), as
/// `ArchiveWriter` has it written. Tar programs disagree about every other form: about extended
/// headers, about types beyond file and folder, about numbers and names that end otherwise.
struct TarHeader: Equatable {
    enum Kind {
        case file
        case folder
    }

    static let byteCount = 512

    /// A folder's ends in a slash.
    let path: String
    let kind: Kind
    let size: Int64
    /// Seconds since 1970-01-01T00:00:00Z.
    let time: Int64

    init(path: String, kind: Kind, size: Int64, time: Int64) {
        self.path = path
        self.kind = kind
        self.size = size
        self.time = time
    }

    /// Reads what `encoded` gives, and nothing else, to the byte.
    init(parsing block: [UInt8]) throws(BundleError) {
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
        self.init(path: path, kind: kind, size: size, time: time)
        guard let expected = encoded() else {
            throw .strangeEntry(path, "has a path that no bundle can hold")
        }
        for field in Field.allCases where expected[field.range] != block[field.range] {
            throw .strangeEntry(path, "has another \(field.rawValue) than coldmint writes")
        }
    }

    static let typeOffset = Field.type.range.lowerBound
    static let fileType = UInt8(ascii: "0")
    static let folderType = UInt8(ascii: "5")

    /// Up to the first NUL. Bytes that are not UTF-8 are replaced; no bundle has such a path.
    private static func text(_ field: Field, of block: [UInt8]) -> String {
        String(decoding: block[field.range].prefix { $0 != 0 }, as: UTF8.self)
    }

    /// The size that a header gives; `nil` where it is none.
    static func size(in block: ArraySlice<UInt8>) -> Int64? {
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
