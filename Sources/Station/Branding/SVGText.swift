/// As much of XML as shows whether a text is a picture in SVG. A browser reads the rest, and leaves out
/// what it cannot: such a picture runs no script.
enum SVGText {
    private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
    private static let namespace = Array("http://www.w3.org/2000/svg".utf8)

    static func isSVG(_ bytes: [UInt8]) -> Bool {
        guard
            String(validating: bytes, as: UTF8.self) != nil,
            bytes.firstRange(of: "<!ENTITY".utf8) == nil
        else { return false }
        var rest = bytes[...]
        if rest.starts(with: byteOrderMark) { rest = rest.dropFirst(byteOrderMark.count) }
        rest = prolog(of: rest)
        let name = Array("<svg".utf8)
        guard rest.starts(with: name), let next = rest.dropFirst(name.count).first else {
            return false
        }
        guard isSpace(next) || next == UInt8(ascii: ">") || next == UInt8(ascii: "/"),
            let end = rest.firstIndex(of: UInt8(ascii: ">"))
        else { return false }
        return rest[..<end].firstRange(of: namespace) != nil
    }

    /// What stands behind the declaration, comments and type of the document. Where the type brings
    /// entities of its own, nothing is skipped: they may come to a text of any length.
    private static func prolog(of text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = text.drop(while: isSpace)
        let parts = [("<?", "?>"), ("<!--", "-->"), ("<!DOCTYPE", ">")]
        while let (start, end) = parts.first(where: { rest.starts(with: $0.0.utf8) }) {
            guard let found = rest.firstRange(of: end.utf8) else { return [] }
            let hasEntities = rest[..<found.lowerBound].contains(UInt8(ascii: "["))
            guard start != "<!DOCTYPE" || !hasEntities else { return rest }
            rest = rest[found.upperBound...].drop(while: isSpace)
        }
        return rest
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        " \t\r\n".utf8.contains(byte)
    }
}
