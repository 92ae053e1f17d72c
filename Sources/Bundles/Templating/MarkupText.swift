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
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            for (index, byte) in bytes.enumerated() {
                guard let reference = Self.reference(for: byte) else { continue }
                escaped.append(contentsOf: bytes[start..<index])
                escaped.append(contentsOf: reference.utf8)
                start = index + 1
            }
            escaped.append(contentsOf: bytes[start...])
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    private static func reference(for byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
