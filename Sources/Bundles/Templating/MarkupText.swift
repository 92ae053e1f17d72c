/// Text as HTML shows it, in elements and in attributes.
enum MarkupText {
    /// Goes by byte: the `<` that another scalar joins, such as U+0600 before it, is no character of
    /// its own.
    static func append(_ text: String, to markup: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): markup += "&amp;".utf8
            case UInt8(ascii: "<"): markup += "&lt;".utf8
            case UInt8(ascii: ">"): markup += "&gt;".utf8
            case UInt8(ascii: "\""): markup += "&quot;".utf8
            case UInt8(ascii: "'"): markup += "&#39;".utf8
            default: markup.append(byte)
            }
        }
    }
}
