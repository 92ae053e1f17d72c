/// The form in which every header is written.
extension TarHeader {
    /// A block of zeros, to encode into.
    package static let emptyBlock = [UInt8](repeating: 0, count: byteCount)

    /// `nil` where a path, size or time has no room.
    package func encoded() -> [UInt8]? {
        var block = Self.emptyBlock
        let isEncoded = Self.encode(
            Array(path.utf8), kind, size: size, time: time, access, into: &block)
        return isEncoded ? block : nil
    }

    /// Writes the header over the whole block. Returns `false` where a path, size or time has no
    /// room; then the block holds nothing of use.
    package static func encode(
        _ path: [UInt8], _ kind: Kind, size: Int64, time: Int64, _ access: Access = .everybody,
        into block: inout [UInt8]
    ) -> Bool {
        guard let split = nameStart(of: path), kind == .file || size == 0 else { return false }
        return block.withUnsafeMutableBytes { block in
            guard block.count == byteCount else { return false }
            block.copyBytes(from: blank(kind, access))
            func put(_ bytes: ArraySlice<UInt8>, _ field: Field) {
                UnsafeMutableRawBufferPointer(rebasing: block[field.range]).copyBytes(from: bytes)
            }
            put(path[split...], .name)
            if split > 0 { put(path[..<(split - 1)], .prefix) }
            guard
                putOctal(size, digits: 11, .size, into: block),
                putOctal(time, digits: 11, .time, into: block)
            else { return false }
            // The sum over the header, in which the checksum itself counts as spaces.
            var sum = Field.checksum.range.count * Int(UInt8(ascii: " "))
            for byte in block { sum += Int(byte) }
            block[Field.checksum.range.upperBound - 1] = UInt8(ascii: " ")
            return putOctal(Int64(sum), digits: 6, .checksum, into: block)
        }
    }

    private static func blank(_ kind: Kind, _ access: Access) -> [UInt8] {
        switch (kind, access) {
        case (.file, .everybody): blankFile
        case (.folder, .everybody): blankFolder
        case (.file, .owner): blankOwnFile
        case (.folder, .owner): blankOwnFolder
        }
    }

    private static let blankFile = blank(mode: "000644 ", type: fileType)
    private static let blankFolder = blank(mode: "000755 ", type: folderType)
    private static let blankOwnFile = blank(mode: "000600 ", type: fileType)
    private static let blankOwnFolder = blank(mode: "000700 ", type: folderType)

    /// All that is the same in every header of a kind.
    private static func blank(mode: String, type: UInt8) -> [UInt8] {
        var block = emptyBlock
        func put(_ text: String, _ field: Field) {
            let start = field.range.lowerBound
            block.replaceSubrange(start..<start + text.utf8.count, with: text.utf8)
        }
        put(mode, .mode)
        for field in [Field.owner, .group, .majorDevice, .minorDevice] { put("000000 ", field) }
        put("00000000000 ", .size)
        put("00000000000 ", .time)
        put("ustar", .magic)
        put("00", .version)
        block[Field.type.range.lowerBound] = type
        return block
    }

    /// Where the name begins: what it has no room for goes into the prefix, up to the first slash
    /// from there. `nil` where the path cannot be divided so.
    private static func nameStart(of path: [UInt8]) -> Int? {
        let nameLimit = Field.name.range.count
        // No path here has others; what programs make of them depends on the locale.
        guard !path.isEmpty, path.allSatisfy({ $0 >= 0x21 && $0 <= 0x7e }) else { return nil }
        guard path.count > nameLimit else { return 0 }
        guard
            let slash = path[(path.count - nameLimit - 1)...].firstIndex(of: UInt8(ascii: "/")),
            slash > 0, slash <= Field.prefix.range.count, slash < path.count - 1
        else { return nil }
        return slash + 1
    }

    /// `false` where the number has more digits.
    private static func putOctal(
        _ number: Int64, digits count: Int, _ field: Field,
        into block: UnsafeMutableRawBufferPointer
    ) -> Bool {
        guard number >= 0, number >> (3 * count) == 0 else { return false }
        let start = field.range.lowerBound
        for place in 0..<count {
            block[start + place] = 0x30 + UInt8(number >> (3 * (count - 1 - place)) & 7)
        }
        return true
    }
}
