import Mustache

/// Makes text out of anything that is put into markup: `{{% CONTENT_TYPE:MARKUP}}` in a template.
///
/// The library's own escaping goes by character, so that a `<` which another scalar joins, such as
/// U+0600 before it, passes unescaped. This one goes by byte.
struct MarkupText: MustacheContentType {
    static func register() {
        MustacheContentTypes.register(MarkupText(), named: "MARKUP")
    }

    func escapeText(_ text: String) -> String {
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): escaped += "&amp;".utf8
            case UInt8(ascii: "<"): escaped += "&lt;".utf8
            case UInt8(ascii: ">"): escaped += "&gt;".utf8
            case UInt8(ascii: "\""): escaped += "&quot;".utf8
            case UInt8(ascii: "'"): escaped += "&#39;".utf8
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
