import Support

/// Makes other tars out of a sound one, most of which tar programs unpack without a word. The same
/// seed makes the same ones.
struct TarMutator {
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func mutant(of tar: [UInt8]) -> [UInt8] {
        var raw = RawTar(tar)
        for _ in 0..<Int.random(in: 1...3, using: &random) { changeEntries(&raw) }
        var bytes = Bool.random(using: &random) ? raw.bytes : tar
        if bytes == tar || Int.random(in: 0..<8, using: &random) == 0 { changeBytes(&bytes) }
        return bytes
    }

    private mutating func changeEntries(_ raw: inout RawTar) {
        let place = Int.random(in: raw.entries.indices, using: &random)
        let other = Int.random(in: raw.entries.indices, using: &random)
        switch Int.random(in: 0..<8, using: &random) {
        case 0: raw.entries.swapAt(place, other)
        case 1: raw.entries.insert(raw.entries[place], at: other)
        case 2 where raw.entries.count > 1: raw.entries.remove(at: place)
        case 3: raw.entries.insert(foreign(), at: place)
        case 4: raw.entries.insert(extended(for: raw.entries[place]), at: place)
        case 5 where !raw.entries[place].data.isEmpty:
            let byte = Int.random(in: raw.entries[place].data.indices, using: &random)
            raw.entries[place].data[byte] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        default: changeField(&raw.entries[place])
        }
    }

    private mutating func changeField(_ entry: inout RawTar.Entry) {
        guard let field = RawTar.Entry.Field.allCases.randomElement(using: &random) else { return }
        let texts = [
            "", "0", "1", "2", "5", "7", "S", "L", "x", "g", "00000000000 ", "00000001000 ",
            "000777 \0", "004755 \0", "ustar ", " \0", "root", "/tmp/x", "../x", "README.txt",
        ]
        if Bool.random(using: &random), let text = texts.randomElement(using: &random) {
            entry[field] = text
        } else if let place = field.range.randomElement(using: &random) {
            entry.header[place] = UInt8.random(in: 0...255, using: &random)
        }
        if Int.random(in: 0..<8, using: &random) > 0 { entry.mendChecksum() }
    }

    private mutating func foreign() -> RawTar.Entry {
        let paths = ["a-000001/x", "x", "../x", "a-000001/README.txt", "a-000001/licenses/x/y"]
        let types: [Character] = ["0", "1", "2", "5", "7", "S", "g", "x", "L", "K", "V", "Z"]
        return RawTar.Entry(
            paths.randomElement(using: &random) ?? "x", Array("foreign\n".utf8),
            type: types.randomElement(using: &random) ?? "0", time: 0)
    }

    /// A header of pax or GNU tar that says something else of the entry after it.
    private mutating func extended(for entry: RawTar.Entry) -> RawTar.Entry {
        let size = entry.size + 1024
        let records = [
            "path=a-000001/x", "path=../x", "size=\(size)", "size=0", "linkpath=/etc/passwd",
            "SCHILY.realsize=\(size)", "GNU.sparse.name=x", "GNU.sparse.size=\(size)",
            "GNU.sparse.major=1", "mtime=1", "uid=1000", "comment=x", "hdrcharset=BINARY",
        ]
        if Int.random(in: 0..<4, using: &random) == 0 {
            let type: Character = Bool.random(using: &random) ? "L" : "K"
            return RawTar.Entry("././@LongLink", Array("a-000001/x\0".utf8), type: type, time: 0)
                .with(.magic, "ustar ").with(.version, " \0")
        }
        var body: [UInt8] = []
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            let rest = " \(records.randomElement(using: &random) ?? "")\n"
            let digits = String(rest.utf8.count + 2).utf8.count
            body += "\(rest.utf8.count + max(2, digits))\(rest)".utf8
        }
        return RawTar.Entry(
            "PaxHeaders/x", body, type: Bool.random(using: &random) ? "x" : "g", time: 0)
    }

    private mutating func changeBytes(_ bytes: inout [UInt8]) {
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
        case 1:
            let count = RawTar.blockByteCount * Int.random(in: 1...40, using: &random)
            bytes += [UInt8](repeating: 0, count: count)
        case 2:
            let tail = bytes.suffix(RawTar.blockByteCount)
            bytes.replaceSubrange(tail.startIndex..<tail.endIndex, with: foreign().header)
        default:
            if let place = bytes.indices.randomElement(using: &random) {
                bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
        }
    }
}
