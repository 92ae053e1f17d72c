/// How a table is written, so that one like it can be written for the same spreadsheet.
package struct TableForm: Sendable, Hashable {
    /// A comma, a semicolon or a tab.
    package let delimiter: UInt8
    package let hasByteOrderMark: Bool

    package init(delimiter: UInt8 = Byte.comma, hasByteOrderMark: Bool = false) {
        self.delimiter = delimiter
        self.hasByteOrderMark = hasByteOrderMark
    }

    static let delimiters = [Byte.comma, Byte.semicolon, Byte.tab]
    static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
}

package enum Byte {
    package static let comma = UInt8(ascii: ",")
    package static let semicolon = UInt8(ascii: ";")
    package static let tab = UInt8(ascii: "\t")
    static let quote = UInt8(ascii: "\"")
    static let apostrophe = UInt8(ascii: "'")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
}
