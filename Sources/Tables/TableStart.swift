/// What the beginning of a table's bytes says of all of it.
struct TableStart {
    let form: TableForm
    /// Where the header begins.
    let headerOffset: Int

    init(of bytes: [UInt8]) throws(TableFaults) {
        if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff])
            || bytes.prefix(2).contains(0)
        {
            throw TableFaults(faults: [
                TableFault(
                    place: nil, message: "the table is UTF-16 and not UTF-8: " + Self.remedy)
            ])
        }
        let hasMark = bytes.starts(with: TableForm.byteOrderMark)
        var offset = hasMark ? TableForm.byteOrderMark.count : 0
        let delimiter: UInt8
        if let named = Self.namedDelimiter(in: bytes[offset...]) {
            (delimiter, offset) = named
        } else {
            delimiter = Self.mostFrequent(inHeader: bytes[offset...])
        }
        form = TableForm(delimiter: delimiter, hasByteOrderMark: hasMark)
        headerOffset = offset
    }

    static let remedy =
        "in Excel, save it as 'CSV UTF-8'; in LibreOffice, choose the character set "
        + "'Unicode (UTF-8)' when saving as Text CSV"

    /// Excel's own first line, `sep=;`, and where the next one begins.
    private static func namedDelimiter(in bytes: ArraySlice<UInt8>) -> (UInt8, Int)? {
        let prefix = Array("sep=".utf8)
        guard bytes.starts(with: prefix) else { return nil }
        let rest = bytes.dropFirst(prefix.count)
        guard let delimiter = rest.first, TableForm.delimiters.contains(delimiter) else {
            return nil
        }
        let lineEnd = rest.dropFirst()
        switch (lineEnd.first, lineEnd.dropFirst().first) {
        case (Byte.carriageReturn, Byte.lineFeed): return (delimiter, lineEnd.startIndex + 2)
        case (Byte.carriageReturn, _), (Byte.lineFeed, _), (nil, _):
            return (delimiter, min(bytes.endIndex, lineEnd.startIndex + 1))
        default: return nil
        }
    }

    /// Outside of quotes; a comma where there is none, and where two are as frequent.
    private static func mostFrequent(inHeader bytes: ArraySlice<UInt8>) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in bytes {
            if byte == Byte.quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == Byte.lineFeed || byte == Byte.carriageReturn { break }
            if TableForm.delimiters.contains(byte) { counts[byte, default: 0] += 1 }
        }
        return TableForm.delimiters.max {
            counts[$0, default: 0] < counts[$1, default: 0]
        } ?? Byte.comma
    }
}
